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
  it("draws one line for each way from a goal to a place, in an image that screen readers pass over", () => {
    const [, source] = /<img alt="" src="data:image\/svg\+xml,([^"]*)"/.exec(linkMap(map).markup) ?? [];
    const picture = decodeURIComponent(source);
    expect(picture).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
    expect(picture.match(/<path /g)).toHaveLength(3);
  });

  it("has no SVG element: JupyterLab takes it out of a notebook that is not trusted yet", () => {
    expect(linkMap(map).markup).not.toContain("<svg");
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
