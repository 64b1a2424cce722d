import type { Project } from '../model.ts';
import type { World } from '../world.ts';

/** Runs pipelines one after the other. */
export function createRunner(_world: World, _folder: string) {
  return {
    start(_project: Project, _id: number): void {
      // filled in below
    },
    idle: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}
