const NOTABLE = /WARN|ERROR|Error|drop|lost/;
const MOST = 20;

/** Reads a server's standard error, as its host would: counts the lines, keeps those of note. */
export class StderrNotes {
  lines = 0;
  notes = [];
  #rest = '';

  constructor(stream) {
    stream.setEncoding('latin1').on('data', (text) => this.#take(text));
  }

  #take(text) {
    const whole = this.#rest + text;
    const end = whole.lastIndexOf('\n') + 1;
    this.#rest = whole.slice(end);
    for (let at = whole.indexOf('\n'); at !== -1; at = whole.indexOf('\n', at + 1)) this.lines++;
    if (!NOTABLE.test(whole)) return;
    const notable = whole
      .slice(0, end)
      .split('\n')
      .filter((line) => NOTABLE.test(line));
    this.notes.push(...notable);
    // The first tell how it began, the last how it ended.
    if (this.notes.length > MOST) this.notes.splice(MOST / 2, this.notes.length - MOST);
  }
}
