// The variables of all scripts: k6 run -e NAME=value, or the environment.
/* global __ENV */

/** Where the server is. */
export const ADDRESS = __ENV.ADDRESS || 'http://localhost:8100/mcp';

/** What the server's --auth-token-file holds; none for a server without. Best given as environment. */
export const TOKEN = __ENV.TOKEN || '';

/** How many clients at once, and for how long: a script's own figures, unless told otherwise. */
export const clients = (usual) => Number(__ENV.VUS || usual);
export const duration = (usual) => __ENV.DURATION || usual;
