import { PanelBuilder as BarGauge } from '@grafana/grafana-foundation-sdk/bargauge';
import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import {
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  DashboardLinkBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import {
  HeatmapColorMode,
  HeatmapColorOptionsBuilder,
  PanelBuilder as Heatmap,
  YAxisConfigBuilder,
} from '@grafana/grafana-foundation-sdk/heatmap';
import { DataqueryBuilder, PromQueryFormat } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';
import { DATASOURCE } from './datasource';

/** What a panel shows. */
export interface Facts {
  /** Within its dashboard; links lead to it. */
  readonly id: number;
  readonly title: string;
  readonly description: string;
  /** Grafana's name of the unit. */
  readonly unit: string;
  /** Of the 24 columns. */
  readonly width: number;
  /** PromQL and the legend of its series. */
  readonly queries: readonly (readonly [expr: string, legend: string])[];
  /** The limit of the alert on it, a dashed line. */
  readonly limit?: number;
}

const HEIGHT = 9;

/** A series' service is a project in Phoenix, which finds it by its name. */
const inPhoenix = () =>
  new DashboardLinkBuilder('Traces of ${__field.labels.service_name} in Phoenix')
    .url('${phoenix}/redirects/projects/${__field.labels.service_name:percentencode}')
    .targetBlank(true);

const query = (expr: string, legend: string, index: number): DataqueryBuilder =>
  new DataqueryBuilder()
    .refId(String.fromCharCode(65 + index))
    .datasource(DATASOURCE)
    .expr(expr)
    .legendFormat(legend);

type Ask = (query: DataqueryBuilder) => DataqueryBuilder;

const queries = (facts: Facts, ask: Ask): Builder<Dataquery>[] =>
  facts.queries.map(([expr, legend], index) => ask(query(expr, legend, index)));

function framed<P extends TimeSeries | Heatmap | BarGauge>(panel: P, facts: Facts): P {
  const { id, title, description, unit, width } = facts;
  panel
    .id(id)
    .title(title)
    .description(description)
    .unit(unit)
    .datasource(DATASOURCE)
    .height(HEIGHT)
    .span(width);
  return panel;
}

const overTime: Ask = (each) => each.range().interval('15s');
const atTheEnd: Ask = (each) => each.instant();
const asBuckets: Ask = (each) => each.format(PromQueryFormat.Heatmap);

/** Lines over time. */
export function lines(facts: Facts): TimeSeries {
  const panel = framed(new TimeSeries(), facts)
    .min(0)
    .targets(queries(facts, overTime))
    .showPoints(VisibilityMode.Auto)
    .legend(new VizLegendOptionsBuilder().showLegend(true).placement(LegendPlacement.Bottom))
    .tooltip(
      new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending),
    )
    .dataLinks([inPhoenix()]);
  if (facts.limit === undefined) return panel;
  const steps = [
    { value: null, color: 'green' },
    { value: facts.limit, color: 'red' },
  ];
  return panel
    .thresholds(new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(steps))
    .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
}

/** A histogram over time: a column a step, a row a bucket. */
export const heatmap = (facts: Facts): Heatmap =>
  framed(new Heatmap(), facts)
    .targets(queries(facts, (each) => asBuckets(overTime(each))))
    .maxDataPoints(60)
    .calculate(false)
    .color(
      new HeatmapColorOptionsBuilder().mode(HeatmapColorMode.Scheme).scheme('Oranges').steps(64),
    )
    .yAxis(new YAxisConfigBuilder().unit(facts.unit));

/** A bar a series, of its value at the end of the dashboard's range. */
export const bars = (facts: Facts): BarGauge => barGauge(facts, atTheEnd).dataLinks([inPhoenix()]);

/** A histogram at the end of the range: a bar a bucket. */
export const distribution = (facts: Facts): BarGauge =>
  barGauge(facts, (each) => asBuckets(atTheEnd(each)));

const barGauge = (facts: Facts, ask: Ask): BarGauge =>
  framed(new BarGauge(), facts)
    .min(0)
    .targets(queries(facts, ask))
    .orientation(VizOrientation.Horizontal)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']));
