import type { Attributes } from '../../support/otlp-types';
import { poll } from '../../support/poll';

/** A span as Phoenix's REST API has it: attributes flat, those that were JSON unfolded. */
export interface RestSpan {
  name: string;
  context: { trace_id: string; span_id: string };
  span_kind: string;
  parent_id: string | null;
  start_time: string;
  end_time: string;
  status_code: string;
  status_message: string;
  attributes: Attributes;
  events: { name: string; timestamp: string; attributes: Attributes }[];
}

export interface Counts {
  recordCount: number;
  traceCount: number;
  sessionCount: number;
}

/** A page of GraphQL's. */
interface Connection<T> {
  edges: { node: T }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}

const PAGE = 1_000;
/** Spans are stored within 0.3 s, of an idle machine. */
const STORED_MILLIS = 15_000;
/** A count that must not grow is looked at again so much later. */
const NO_MORE_MILLIS = 500;

/** Reads back what a Phoenix shows. */
export class PhoenixClient {
  /** @param key a bearer token, where Phoenix wants one */
  constructor(
    readonly url: string,
    private readonly key?: string,
  ) {}

  version = async (): Promise<string> => (await this.fetch('/arize_phoenix_version')).text();

  /** Of REST's, as parsed JSON. Throws on an error's status. */
  async get<T>(path: string): Promise<T> {
    return (await (await this.fetch(path)).json()) as T;
  }

  async graphql<T>(query: string, variables: object = {}): Promise<T> {
    const body = JSON.stringify({ query, variables });
    const answer = await this.fetch('/graphql', { method: 'POST', body });
    const { data, errors } = (await answer.json()) as { data: T; errors?: { message: string }[] };
    if (errors) throw new Error(`${query}: ${errors.map(({ message }) => message).join('; ')}`);
    return data;
  }

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const authorization = this.key === undefined ? {} : { authorization: `Bearer ${this.key}` };
    const headers = { 'content-type': 'application/json', ...authorization, ...init.headers };
    const answer = await fetch(this.url + path, { ...init, headers });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  }

  /** The names of all projects. */
  async projects(): Promise<string[]> {
    const { data } = await this.get<{ data: { name: string }[] }>('/v1/projects?limit=1000');
    return data.map(({ name }) => name);
  }

  /** How much a project holds; nothing as long as it is not there. */
  async counts(project: string): Promise<Counts> {
    const { getProjectByName } = await this.graphql<{ getProjectByName: Counts | null }>(
      'query ($name: String!) { getProjectByName(name: $name) { recordCount traceCount sessionCount } }',
      { name: project },
    );
    return getProjectByName ?? { recordCount: 0, traceCount: 0, sessionCount: 0 };
  }

  /** Waits for so many spans, and that there are no more. */
  async waitForCount(project: string, count: number, timeoutMillis = STORED_MILLIS): Promise<void> {
    let found = 0;
    const reached = async () => (found = (await this.counts(project)).recordCount) >= count;
    await poll(reached, timeoutMillis, `${count} spans in ${project}`).catch((error) => {
      throw new Error(`${error.message}, but ${found}`);
    });
    await new Promise((resolve) => setTimeout(resolve, NO_MORE_MILLIS));
    const { recordCount } = await this.counts(project);
    if (recordCount !== count) throw new Error(`${recordCount} spans in ${project}, not ${count}`);
  }

  /** All spans of a project by REST, in the order of their start. */
  async spans(project: string): Promise<RestSpan[]> {
    const spans: RestSpan[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query = `limit=${PAGE}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
      const path = `/v1/projects/${encodeURIComponent(project)}/spans?${query}`;
      const page: { data: RestSpan[]; next_cursor: string | null } = await this.get(path);
      spans.push(...page.data);
      cursor = page.next_cursor;
    }
    return spans.sort((a, b) => (a.start_time < b.start_time ? -1 : 1));
  }

  /**
   * All spans of a project by GraphQL, as the web page asks for them, in the order of their start.
   *
   * @param fields what of each span, in GraphQL
   * @param filter a condition in Phoenix's own language
   */
  async spanFields<T>(project: string, fields: string, filter?: string): Promise<T[]> {
    const query = `query ($name: String!, $after: String, $filter: String) {
      getProjectByName(name: $name) {
        spans(first: ${PAGE}, after: $after, filterCondition: $filter, sort: {col: startTime, dir: asc}) {
          edges { node { ${fields} } }
          pageInfo { hasNextPage endCursor }
        }
      }
    }`;
    const spans: T[] = [];
    for (let after: string | undefined; ;) {
      const variables = { name: project, after, filter };
      const answer = await this.graphql<{ getProjectByName: { spans: Connection<T> } }>(
        query,
        variables,
      );
      const { edges, pageInfo } = answer.getProjectByName.spans;
      spans.push(...edges.map(({ node }) => node));
      if (!pageInfo.hasNextPage) return spans;
      after = pageInfo.endCursor;
    }
  }
}
