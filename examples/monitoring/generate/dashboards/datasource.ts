/** The database that the reader chose: Prometheus, or what speaks its language. */
export const DATASOURCE = { type: 'prometheus', uid: '${datasource}' };
