import { backend_util } from '@tensorflow/tfjs-core';
import type { NamedAttrMap } from '@tensorflow/tfjs-core';

type Shape4 = [number, number, number, number];
type Pad = Parameters<typeof backend_util.computeConv2DInfo>[4];
type Rounding = Parameters<typeof backend_util.computeConv2DInfo>[5];
type Steps = number | [number, number];

/** The sizes of a convolution whose tensors are [batch, height, width, channels]. */
export function convolutionShape(
  inputShape: readonly number[],
  filterShape: readonly number[],
  attrs: NamedAttrMap,
  depthwise = false,
): backend_util.Conv2DInfo {
  if (attrs.dataFormat !== undefined && attrs.dataFormat !== 'NHWC') {
    throw new Error('Images must be channels-last (NHWC) to train on WebAssembly.');
  }
  return backend_util.computeConv2DInfo(
    [...inputShape] as Shape4,
    [...filterShape] as Shape4,
    attrs.strides as Steps,
    (attrs.dilations ?? 1) as Steps,
    attrs.pad as Pad,
    attrs.dimRoundingMode as Rounding,
    depthwise,
  );
}

/** The sizes of a pooling whose tensors are [batch, height, width, channels]. */
export function poolingShape(inputShape: readonly number[], attrs: NamedAttrMap): backend_util.Conv2DInfo {
  return backend_util.computePool2DInfo(
    [...inputShape] as Shape4,
    attrs.filterSize as Steps,
    attrs.strides as Steps,
    1,
    attrs.pad as Pad,
    attrs.dimRoundingMode as Rounding,
  );
}
