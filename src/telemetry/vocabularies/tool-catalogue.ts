import type { ToolFacts } from '../../tap/known-tools';

/** The known tools; of an observed server more become known as it lists them. */
export class ToolCatalogue {
  private readonly facts = new Map<string, ToolFacts>();
  /** Rises whenever something is learned. */
  revision = 0;

  constructor(tools: ToolDescriptions) {
    this.add(tools);
  }

  get(name: string): ToolFacts | undefined {
    return this.facts.get(name);
  }

  /** @returns whether there is a name that was not known */
  add(tools: ToolDescriptions): boolean {
    const known = this.facts.size;
    for (const [name, facts] of tools) this.facts.set(name, facts);
    this.revision++;
    return this.facts.size > known;
  }
}

/** By name; cloneable. */
export type ToolDescriptions = ReadonlyMap<string, ToolFacts>;
