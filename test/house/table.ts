/** What stands in a column: words, or whether something is so. */
export type Column<T> = (item: T) => string | boolean | undefined;

/** A Markdown table with a row for each item; columns that are empty in every row are left out. */
export function tableOf<T>(
  head: string,
  items: readonly T[],
  name: (item: T) => string,
  columns: Readonly<Record<string, Column<T>>>,
): string {
  const used = Object.entries(columns).filter(([, cell]) =>
    items.some((item) => words(cell(item)) !== ''),
  );
  const rows = [
    [head, ...used.map(([title]) => title)],
    ['---', ...used.map(() => '---')],
    ...items.map((item) => [name(item), ...used.map(([, cell]) => words(cell(item)))]),
  ];
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function words(cell: ReturnType<Column<never>>): string {
  if (typeof cell === 'string') return cell.replaceAll('|', '\\|').replaceAll('\n', ' ');
  return cell === true ? '✓' : '';
}
