// What the servers' tools do, with a span of its own around the slow part: whatever an author traces
// falls into the trace of the request at hand. Nothing here knows of ts-calculator or of MCP.
import { trace } from '@opentelemetry/api';
import console from 'node:console';
import { setTimeout as pause } from 'node:timers/promises';

const WORDS = { tap: 'A device that controls a flow.', trace: 'A mark left behind.' };
const tracer = trace.getTracer('dictionary');

/** What a word means. Throws where it is not known. */
export const lookUp = (word) =>
  tracer.startActiveSpan('dictionary.look_up', async (span) => {
    try {
      await pause(5);
      console.error(`looking up ${word}, trace_id=${span.spanContext().traceId}`);
      const meaning = WORDS[word];
      if (meaning === undefined) throw new Error(`"${word}" is in no dictionary`);
      return meaning;
    } finally {
      span.end();
    }
  });

/** What to ask the user's own model for an example of a word. */
export const questionAbout = (word) => ({
  messages: [
    { role: 'user', content: { type: 'text', text: `A sentence with "${word}", please.` } },
  ],
  maxTokens: 50,
});
