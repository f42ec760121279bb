import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { INTERNAL_FAULT } from '../json-rpc';
import { errorText } from '../transport/reply';
import { corsHeaders, preflightHeaders } from './cors';
import type { Guard } from './guard';
import { Refusal, sendRefusal } from './refusal';
import { JSON_HEADERS, respond } from './respond';
import { pathOf, resolveTarget } from './target';

export type Endpoint = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** What there is at one path, by method. */
export interface Route {
  readonly methods: Readonly<Partial<Record<string, Endpoint>>>;
  /** Open to those without a token too. */
  readonly isPublic?: boolean;
}

export interface HandlerOptions {
  readonly routes: Readonly<Record<string, Route>>;
  readonly guards: Readonly<Record<'host' | 'origin' | 'token', Guard>>;
  readonly allowedOrigins: readonly string[];
  readonly onRefused: (request: IncomingMessage, refusal: Refusal) => void;
  readonly onFault: (error: unknown) => void;
}

/** Leads each request to its endpoint, past the guards. */
export function createHandler(options: HandlerOptions): RequestListener {
  const { routes, guards, allowedOrigins, onRefused, onFault } = options;

  return (request, response) => {
    try {
      const done = handle(request, response);
      if (done) done.catch((error: unknown) => fail(request, response, error));
    } catch (error) {
      fail(request, response, error);
    }
  };

  function handle(request: IncomingMessage, response: ServerResponse): void | Promise<void> {
    resolveTarget(request);
    guards.host(request);
    guards.origin(request);
    if (request.headers.origin !== undefined) {
      for (const [name, value] of Object.entries(corsHeaders(request, allowedOrigins))) {
        response.setHeader(name, value!);
      }
    }
    const { methods, isPublic = false } = routeOf(pathOf(request), routes);
    const method = request.method ?? 'GET';
    if (method !== 'OPTIONS' && !isPublic) guards.token(request);
    const endpoint = methods[method];
    if (endpoint) return endpoint(request, response);

    const allowed = Object.keys(methods).join(', ');
    if (method === 'OPTIONS') {
      return respond(response, 204, { Allow: allowed, ...preflightHeaders(request, allowed) });
    }
    throw new Refusal(
      'method_not_allowed',
      `Method not allowed: ${allowed} are, ${method} is not`,
      { Allow: allowed },
    );
  }

  function fail(request: IncomingMessage, response: ServerResponse, error: unknown): void {
    if (error instanceof Refusal) {
      onRefused(request, error);
      sendRefusal(response, error);
      return;
    }
    onFault(error);
    if (response.headersSent) response.destroy();
    else respond(response, 500, JSON_HEADERS, errorText(undefined, INTERNAL_FAULT));
  }
}

/** @throws {Refusal} there is nothing at that path */
function routeOf(path: string, routes: HandlerOptions['routes']): Route {
  const route = routes[path] ?? routes[path.replace(/(?!^)\/$/, '')];
  if (route) return route;
  throw new Refusal('not_found', `Not found: there are ${Object.keys(routes).join(', ')}`);
}
