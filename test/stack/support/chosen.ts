/** The database that main.mjs was asked to look at, and whether what is seen is written down. */
export const DATABASE = process.env.JEST_STACK_DATABASE === 'victoria' ? 'victoria' : 'prometheus';
export const IS_RECORDED = process.env.JEST_STACK_RECORD === 'yes';
