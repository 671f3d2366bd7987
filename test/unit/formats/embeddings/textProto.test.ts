import { describe, expect, it } from 'vitest';
import { HumanError } from '../../../../src/domain/errors';
import { parseTextProto } from '../../../../src/formats/embeddings/textProto';

const parse = (text: string) => parseTextProto(text, 'a.pbtxt');

describe('protobuf text', () => {
  it('has nested messages in either bracket, lists, comments and separators', () => {
    const message = parse(`
      # A comment { with marks
      a { b: 1 b: 2, c { d: "x" } } a: < b: [3, 4]; e: [] >
      f: [{ g: true }, { g: false }] # another`);
    const [first, second] = message.messages('a');
    expect(first.texts('b')).toEqual(['1', '2']);
    expect(first.messages('c')[0].texts('d')).toEqual(['x']);
    expect(second.texts('b')).toEqual(['3', '4']);
    expect(second.texts('e')).toEqual([]);
    expect(message.messages('f').map((inner) => inner.texts('g')[0])).toEqual(['true', 'false']);
    expect(message.texts('nothing')).toEqual([]);
  });

  it('joins strings side by side and reads every escape, bytes as UTF-8', () => {
    const text = String.raw`a: "one \"two\" \\ \n" 'it''s' b: "caf\303\251 \xe2\x82\xac \u00e9 \U0001F600"`;
    expect(parse(text).texts('a')).toEqual(['one "two" \\ \nits']);
    expect(parse(text).texts('b')).toEqual(['café € é 😀']);
  });

  it('says where it is broken', () => {
    expect(() => parse('a {\n b: 1')).toThrow('line 2 ends too early');
    expect(() => parse('a: 1\nb: }')).toThrow('line 2 has "}"');
    expect(() => parse('a: "unclosed\n')).toThrow('line 1');
    for (const text of ['a', 'a "x"', ': 1', 'a: [1', 'a { >', '}', '\0', 'a{'.repeat(100)]) {
      expect(() => parse(text), text).toThrow(HumanError);
    }
  });
});
