import type { Reporter, TestCase, TestModule, Vitest } from 'vitest/node';

/**
 * Prints at the end, alone on a line, `N passed, N failed, N skipped`, and names each skipped test with its reason.
 * In CI (`CI=true`) a skipped test makes the run fail: there nothing may be missing.
 */
export default class Summary implements Reporter {
  #vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.#vitest = vitest;
  }

  /** @param modules All files of the run; one that could not be loaded counts as a failed test. */
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    // With `-t` whatever was not asked for counts as skipped, too; it needs no mention.
    const chosen = this.#vitest?.config.testNamePattern !== undefined;
    const skipped = tests.filter(
      (test) => test.result().state === 'skipped' && (!chosen || noteOf(test) !== undefined),
    );
    const broken = modules.filter((module) => module.errors().length > 0).length + unhandled.length;

    const lines = skipped.map(
      (test) => `skipped: ${nameOf(test)}: ${noteOf(test) ?? 'no reason was given'}`,
    );
    if (skipped.length > 0 && process.env.CI === 'true') {
      lines.push('In CI nothing may be skipped.');
      process.exitCode = 1;
    }
    const passed = String(count('passed'));
    const failed = String(count('failed') + broken);
    lines.push(`${passed} passed, ${failed} failed, ${String(skipped.length)} skipped`);
    process.stdout.write(`${lines.join('\n')}\n`);
  }
}

const nameOf = (test: TestCase) => `${test.module.relativeModuleId} > ${test.fullName}`;

function noteOf(test: TestCase): string | undefined {
  const result = test.result();
  return result.state === 'skipped' ? result.note : undefined;
}
