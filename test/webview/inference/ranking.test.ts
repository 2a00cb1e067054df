import assert from 'node:assert/strict';
import { base64Of, curlLine, inputSize, rankClasses } from '../../../webview/inference/ranking';

describe('inference page', () => {
  it('ranks classes, equal ones by number', () => {
    const ranked = rankClasses([0.1, 0.6, 0.1, 0.2], ['a', 'b', 'c']);
    assert.deepEqual(
      ranked.map(({ label, name }) => `${label} ${name}`),
      ['1 b', '3 class 3', '0 a', '2 c'],
    );
  });

  it('has the line for a shell', () => {
    assert.equal(
      curlLine('http://127.0.0.1:8501/'),
      'curl -F image=@shirt.png http://127.0.0.1:8501/predict',
    );
  });

  it('takes base64 out of data URLs and out of nothing else', () => {
    assert.equal(base64Of('data:image/png;base64,AAEC'), 'AAEC');
    assert.equal(base64Of('data:image/svg+xml,<svg/>'), undefined);
    assert.equal(base64Of('https://example.org/a.png'), undefined);
  });

  it('reads the size of the pad from the shape of the input', () => {
    assert.deepEqual(inputSize([28, 28, 1]), { width: 28, height: 28 });
    assert.deepEqual(inputSize([-1, 32, 48, 3]), { width: 48, height: 32 });
    assert.deepEqual(inputSize([]), { width: 28, height: 28 });
    assert.deepEqual(inputSize([1e9, 1e9]), { width: 28, height: 28 });
  });
});
