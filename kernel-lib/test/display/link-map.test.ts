import { describe, expect, it } from "vitest";
import { linkMap } from "../../src/display/link-map";

const map = {
  title: "A <map>",
  goals: [
    { label: "Walk & run", places: ["garden"], done: true },
    { label: "Swim", places: ["garden", "sea"] },
  ],
  places: [{ name: "garden", href: 'g.html?a="b"' }, { name: "sea" }],
};

describe("linkMap", () => {
  it("draws one line for each way from a goal to a place, and hides the picture of them from screen readers", () => {
    const { markup } = linkMap(map);
    expect(markup.match(/<path /g)).toHaveLength(3);
    expect(markup).toMatch(/<svg [^>]*aria-hidden="true"/);
  });

  it("links places that have an address, and writes the others as text", () => {
    const { markup } = linkMap(map);
    expect(markup.match(/<a /g)).toHaveLength(1);
    expect(markup).toMatch(/<a href="g\.html\?a=&quot;b&quot;"[^>]*>garden<\/a>/);
    expect(markup).toMatch(/>sea<\/li>/);
  });

  it("ticks a goal that is done, and only that", () => {
    const { markup } = linkMap(map);
    expect(markup).toContain(">✓ Walk &amp; run</li>");
    expect(markup).toContain(">Swim</li>");
  });

  it("escapes its title", () => {
    expect(linkMap(map).markup).toContain("A &lt;map&gt;</figcaption>");
  });

  it("names a place that is not on the map", () => {
    const goals = [{ label: "Fly", places: ["sky"] }];
    expect(() => linkMap({ ...map, goals })).toThrow(
      'linkMap: goals: "Fly": expected places of the map, got "sky"',
    );
  });
});
