import { NOTHING, number, spread } from './numbers.mjs';
import { table } from './table.mjs';

/** The tables of one figure: a row a variant, or a row a point and variant. */
export function figureTables(figure, variants, results) {
  const points = results.points(figure.name);
  if (points.length === 0) return [];
  return [figure, ...(figure.more ? [figure.more] : [])].map(({ title, columns }) => {
    const header = [
      ...(figure.point ? [figure.point] : []),
      '',
      ...columns.flatMap((column) => [column.title, ...(column.ratio ? ['× stock'] : [])]),
    ];
    const rows = points.flatMap((point) =>
      variants
        .filter((variant) => results.rounds(figure.name, point, variant.name).length > 0)
        .map((variant) => [
          ...(figure.point ? [point] : []),
          variant.title,
          ...columns.flatMap((column) => cells(column, figure, point, variant, results)),
        ]),
    );
    return {
      title: `${title} (${samples(figure, points, variants, results)})`,
      text: table(header, rows),
    };
  });
}

/** How many numbers a median is of. */
function samples(figure, points, variants, results) {
  const taken = variants.map(({ name }) => results.rounds(figure.name, points[0], name).length);
  const most = Math.max(...taken);
  return most === 1 ? 'one sample' : `${most} samples`;
}

function cells(column, figure, point, variant, results) {
  if (column.text) {
    const last = results.rounds(figure.name, point, variant.name).at(-1);
    return [column.text(last) ?? NOTHING];
  }
  const { digits = 0 } = column;
  const found = results.of(figure.name, point, variant.name, column.key);
  const value = found && column.plain ? number(found.median, digits) : spread(found, digits);
  return column.ratio ? [value, spread(found?.ratio, 2)] : [value];
}
