import type { Page } from 'playwright-core';
import { layoutGraph } from '../../../server/graph/layout';
import type { PlanAction } from '../../../server/graph/model';
import type {
  GraphToPage,
  InferenceState,
  InferenceToPage,
  TrainingState,
  TrainingToPage,
} from '../../../webview/protocol';
import { generated, graphOf, randomNumbers } from '../../graph/sampleGraphs';
import type { ThemeName } from './themes';

export interface Shot {
  readonly name: string;
  readonly page: 'graph' | 'training' | 'inference';
  readonly messages: readonly (GraphToPage | TrainingToPage | InferenceToPage)[];
  readonly themes?: readonly ThemeName[];
  readonly width?: number;
  readonly height?: number;
  /** What a person does before the picture is taken. */
  readonly act?: (page: Page) => Promise<void>;
}

export function shots(): Shot[] {
  return [...graphShots(), ...trainingShots(), ...inferenceShots()];
}

function graphShots(): Shot[] {
  const example = layoutGraph(exampleGraph, { root: 'image-classifier' });
  const actions = new Map<string, PlanAction>([
    ['aws_instance.trainer', 'replace'],
    ['aws_ecs_service.server', 'update'],
    ['aws_ecs_cluster.main', 'create'],
    ['aws_ecr_repository.server', 'delete'],
  ]);
  const planned = layoutGraph(exampleGraph, { root: 'image-classifier', actions });
  const broken = layoutGraph(cyclicGraph, { root: 'broken' });
  return [
    { name: 'graph-example', page: 'graph', messages: [{ type: 'graph', picture: example }] },
    {
      name: 'graph-selected',
      page: 'graph',
      themes: ['dark', 'light', 'contrast'],
      messages: [
        { type: 'graph', picture: planned },
        { type: 'select', id: 'aws_ecs_task_definition.server' },
      ],
    },
    {
      name: 'graph-search',
      page: 'graph',
      width: 620,
      messages: [{ type: 'graph', picture: example }],
      act: (page) => page.getByRole('searchbox').fill('bucket'),
    },
    { name: 'graph-cycle', page: 'graph', messages: [{ type: 'graph', picture: broken }] },
    {
      name: 'graph-large',
      page: 'graph',
      messages: [{ type: 'graph', picture: layoutGraph(generated(120, 'shallow'), { root: 'large' }) }],
    },
    {
      name: 'graph-empty',
      page: 'graph',
      messages: [{ type: 'graph', picture: { root: 'empty', width: 40, height: 40, boxes: [], lines: [] } }],
    },
  ];
}

function trainingShots(): Shot[] {
  const running = training(1730, 'running');
  const done: TrainingState = {
    ...training(3750, 'completed'),
    saved: '.terratrain/runs/20261122-161500-image-classifier/image_classifier.h5',
    testAccuracy: 0.8734,
  };
  const failed: TrainingState = {
    ...training(400, 'lost'),
    error:
      'The trainer ended without a word at step 400 (killed by SIGKILL). Resume goes on from the checkpoint of epoch 1.',
  };
  const wrong = training(0, 'idle').spec.fields.map((field) =>
    field.key === 'batchSize' ? { ...field, value: 0, problem: 'Batch size must be at least 1.' } : field,
  );
  const idle = training(0, 'idle');
  return [
    {
      name: 'training-idle',
      page: 'training',
      messages: [{ type: 'state', state: { ...idle, spec: { ...idle.spec, fields: wrong } } }],
    },
    {
      name: 'training-running',
      page: 'training',
      themes: ['dark', 'light', 'contrast'],
      messages: [{ type: 'state', state: running }],
    },
    {
      name: 'training-done',
      page: 'training',
      width: 1200,
      height: 820,
      messages: [{ type: 'state', state: done }],
    },
    {
      name: 'training-narrow',
      page: 'training',
      width: 520,
      height: 1000,
      messages: [{ type: 'state', state: failed }],
    },
  ];
}

function training(steps: number, status: TrainingState['status']): TrainingState {
  const random = randomNumbers(7);
  const stepsPerEpoch = 750;
  const points = Array.from({ length: steps }, (_, index) => {
    const loss = 0.35 + 1.9 * Math.exp(-index / 260) + (random() - 0.5) * 0.35;
    const accuracy = Math.min(1, 0.88 - 0.75 * Math.exp(-index / 240) + (random() - 0.5) * 0.16);
    return { step: index + 1, epoch: Math.floor(index / stepsPerEpoch) + 1, loss, accuracy };
  });
  const validations = points
    .filter((point) => point.step % stepsPerEpoch === 0)
    .map((point) => ({
      ...point,
      validationLoss: 0.34 + 0.25 / point.epoch,
      validationAccuracy: 0.885 - 0.06 / point.epoch,
      seconds: 21,
    }));
  const spec: TrainingState['spec'] = {
    name: 'image-classifier',
    path: 'examples/image-classifier/train.json',
    fields: [
      { key: 'epochs', label: 'Epochs', kind: 'integer', value: 5, minimum: 1 },
      { key: 'batchSize', label: 'Batch size', kind: 'integer', value: 32, minimum: 1 },
      { key: 'optimizer', label: 'Optimizer', kind: 'choice', value: 'adam', choices: ['adam', 'sgd'] },
      { key: 'optimizer.learningRate', label: 'Learning rate', kind: 'number', value: 0.001 },
      { key: 'data', label: 'Data', kind: 'text', value: './data' },
    ],
    layers: [
      'conv2d 32, 3×3, relu',
      'maxPooling2d 2×2',
      'conv2d 64, 3×3, relu',
      'maxPooling2d 2×2',
      'conv2d 64, 3×3, relu',
      'flatten',
      'dense 64, relu',
      'dense 10, softmax',
    ],
  };
  if (status === 'idle') return { spec, status, points: [], validations: [] };
  return {
    spec,
    status,
    run: '20261122-161500-image-classifier',
    runFolder: '.terratrain/runs/20261122-161500-image-classifier',
    backend: 'wasm',
    device: 'CPU, 2 threads',
    parameters: 93_322,
    epochs: 5,
    stepsPerEpoch,
    samplesPerSecond: 1134,
    elapsed: steps * 0.028,
    eta: (3750 - steps) * 0.028,
    points,
    validations,
  };
}

function inferenceShots(): Shot[] {
  const classes = [
    'T-shirt/top',
    'Trouser',
    'Pullover',
    'Dress',
    'Coat',
    'Sandal',
    'Shirt',
    'Sneaker',
    'Bag',
    'Ankle boot',
  ];
  const examples = classes.map((label, index) => ({ image: sampleImage(index), label }));
  const model = {
    name: 'image-classifier',
    path: '.terratrain/runs/20261122-161500-image-classifier',
    input: [28, 28, 1],
    classes,
  };
  const state: InferenceState = {
    model,
    examples,
    server: { status: 'running', url: 'http://127.0.0.1:8501' },
  };
  const chooseExample = async (page: Page): Promise<void> => {
    await page.getByRole('button', { name: 'Example: Shirt' }).click();
  };
  const answer =
    (message: object) =>
    async (page: Page): Promise<void> => {
      await chooseExample(page);
      await page.evaluate((data) => {
        window.postMessage(data, '*');
      }, message);
    };
  const probabilities = [0.118, 0.0004, 0.061, 0.012, 0.034, 0, 0.7736, 0, 0.001, 0];
  return [
    {
      name: 'inference-answer',
      page: 'inference',
      themes: ['dark', 'light', 'contrast'],
      height: 820,
      messages: [{ type: 'state', state }],
      act: answer({
        type: 'prediction',
        id: 1,
        prediction: {
          label: 6,
          name: 'Shirt',
          probabilities,
          milliseconds: 3.4,
          preprocessing: 'grey 28×28, as it is',
        },
      }),
    },
    {
      name: 'inference-failed',
      page: 'inference',
      height: 820,
      messages: [
        {
          type: 'state',
          state: {
            ...state,
            server: {
              status: 'failed',
              error:
                'Port 8501 is taken by another program. Choose another in the setting terratrain.inference.port.',
            },
          },
        },
      ],
      act: chooseExample,
    },
    {
      name: 'inference-drawing',
      page: 'inference',
      width: 640,
      height: 1000,
      messages: [{ type: 'state', state }],
      act: async (page) => {
        const box = await page.locator('.pad').boundingBox();
        if (box === null) throw new Error('The page has no drawing pad.');
        await page.mouse.move(box.x + 60, box.y + 60);
        await page.mouse.down();
        for (const [x, y] of [
          [240, 60],
          [240, 240],
          [60, 240],
          [60, 60],
        ] as const)
          await page.mouse.move(box.x + x, box.y + y, { steps: 8 });
        await page.mouse.up();
      },
    },
  ];
}

/** A blob of grey in a picture of 28 × 28 pixels, as an uncompressed bitmap. */
function sampleImage(seed: number): string {
  const size = 28;
  const bitmap = Buffer.alloc(54 + size * size * 3);
  bitmap.write('BM');
  bitmap.writeUInt32LE(bitmap.length, 2);
  bitmap.writeUInt32LE(54, 10);
  bitmap.writeUInt32LE(40, 14);
  bitmap.writeInt32LE(size, 18);
  bitmap.writeInt32LE(size, 22);
  bitmap.writeUInt16LE(1, 26);
  bitmap.writeUInt16LE(24, 28);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const inside =
        Math.abs(x - 14) < 5 + (seed % 4) + (y > 18 ? 2 : 0) && Math.abs(y - 14) < 11 - (seed % 3);
      const grey = inside ? 120 + ((x * 7 + y * 13 + seed * 29) % 120) : 0;
      bitmap.fill(grey, 54 + (y * size + x) * 3, 54 + (y * size + x) * 3 + 3);
    }
  }
  return `data:image/bmp;base64,${bitmap.toString('base64')}`;
}

const exampleGraph = (() => {
  const graph = graphOf(`
    aws_ecs_service.server -> aws_ecs_cluster.main
    aws_ecs_service.server -> aws_ecs_task_definition.server
    aws_ecs_service.server => aws_instance.trainer
    aws_ecs_task_definition.server -> aws_ecr_repository.server
    aws_ecs_task_definition.server -> module.bucket.aws_s3_bucket.this
    aws_instance.trainer -> module.bucket.aws_s3_bucket.this
    aws_instance.trainer -> data.aws_ami.gpu
    module.bucket.aws_s3_bucket_public_access_block.this -> module.bucket.aws_s3_bucket.this
    module.bucket.aws_s3_bucket_versioning.this -> module.bucket.aws_s3_bucket.this
    aws_cloudwatch_log_group.server
    aws_budgets_budget.monthly`);
  const nodes = graph.nodes.map((node) =>
    node.id === 'module.bucket'
      ? { ...node, source: './modules/bucket', repeated: 'for_each' as const }
      : node,
  );
  return { ...graph, nodes };
})();

const cyclicGraph = (() => {
  const graph = graphOf(
    `aws_security_group.a -> aws_security_group.b
     aws_security_group.b -> aws_security_group.a
     aws_instance.web -> aws_security_group.a
     aws_instance.web -> var.undeclared`,
    [['aws_security_group.a', 'aws_security_group.b']],
  );
  const nodes = graph.nodes.map((node) =>
    node.id === 'var.undeclared'
      ? {
          ...node,
          kind: 'missing' as const,
          place: {
            file: 'main.tf',
            range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
          },
        }
      : node,
  );
  return { ...graph, nodes };
})();
