import { eachAt, eachField } from './protobuf.mjs';

// Numbers of fields in OTLP's definitions.
const ITEMS = [1, 2, 2]; // resource_spans, scope_spans, spans; logs and metrics have the same
const SPAN_ID = 2;
const LOG_ATTRIBUTES = 6;
const METRIC = { name: 1, sum: 7, histogram: 9 };
const DATA_POINTS = 1;
const NUMBER_POINT = { asDouble: 4, asInt: 6, attributes: 7 };
const HISTOGRAM_POINT = { count: 4, attributes: 9 };

/** Calls `take(bytes, start)` with the place of each span's id. */
export function eachSpanId(body, take) {
  eachAt(body, 0, body.length, ITEMS, (from, to) =>
    eachField(body, from, to, (field, start) => {
      if (field === SPAN_ID) take(body, start);
      return field === SPAN_ID;
    }),
  );
}

/** The log records of requests: those have attributes, what a server says of itself has none. */
export function countLogs(body) {
  let count = 0;
  eachAt(body, 0, body.length, ITEMS, (from, to) =>
    eachField(body, from, to, (field) => {
      if (field === LOG_ATTRIBUTES) count++;
      return field === LOG_ATTRIBUTES;
    }),
  );
  return count;
}

/** Calls `take(name, labels, value)` for each point of a sum, and of a histogram with its count. */
export function eachCount(body, take) {
  eachAt(body, 0, body.length, ITEMS, (from, to) => {
    let name = '';
    eachField(body, from, to, (field, start, end) => {
      if (field === METRIC.name) name = body.toString('utf8', start, end);
      if (field !== METRIC.sum && field !== METRIC.histogram) return;
      const read = field === METRIC.sum ? numberPoint : histogramPoint;
      eachAt(body, start, end, [DATA_POINTS], (...place) => take(name, ...read(body, ...place)));
    });
  });
}

function numberPoint(body, from, to) {
  let value = 0;
  let labels = '';
  eachField(body, from, to, (field, start, end) => {
    if (field === NUMBER_POINT.asInt) value = Number(body.readBigInt64LE(start));
    if (field === NUMBER_POINT.asDouble) value = body.readDoubleLE(start);
    if (field === NUMBER_POINT.attributes) labels += body.toString('latin1', start, end);
  });
  return [labels, value];
}

function histogramPoint(body, from, to) {
  let count = 0;
  let labels = '';
  eachField(body, from, to, (field, start, end) => {
    if (field === HISTOGRAM_POINT.count) count = Number(body.readBigUInt64LE(start));
    if (field === HISTOGRAM_POINT.attributes) labels += body.toString('latin1', start, end);
  });
  return [labels, count];
}
