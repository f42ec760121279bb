/** Every value that a table shows: figure → point → variant → value → median, spread and ratio. */
export const figuresJson = (figures, variants, results) =>
  Object.fromEntries(figures.map((figure) => [figure.name, points(figure, variants, results)]));

function points(figure, variants, results) {
  const columns = [figure, figure.more].flatMap((part) => part?.columns ?? []);
  const values = (point, variant) =>
    columns.flatMap(({ key, digits = 0, ratio }) => {
      const found = key && results.of(figure.name, point, variant, key);
      if (!found) return [];
      const { ratio: ratios, ...spread } = found;
      return [
        [key, { ...rounded(spread, digits + 1), ...(ratio && { ratio: rounded(ratios, 3) }) }],
      ];
    });
  const taken = (point) =>
    variants
      .map(({ name }) => [name, Object.fromEntries(values(point, name))])
      .filter(([, found]) => Object.keys(found).length > 0);
  const all = results.points(figure.name).map((point) => [point, Object.fromEntries(taken(point))]);
  return figure.point ? Object.fromEntries(all) : all[0]?.[1];
}

const rounded = (spread = {}, digits) =>
  Object.fromEntries(Object.entries(spread).map(([name, value]) => [name, round(value, digits)]));

const round = (value, digits) => Number(value.toFixed(digits));
