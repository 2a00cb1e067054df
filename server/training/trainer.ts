import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import type { Sequential } from '@tensorflow/tfjs-layers';
import type { TrainingJob, TrainingOutcome } from './backend';
import { writeAtomically, writeCheckpoint } from './checkpoint';
import type { CheckpointState, EpochSums } from './checkpoint';
import { gather, isLightOnDark, loadDataset } from './dataset';
import type { Dataset, LabelledImages } from './dataset';
import { evaluate } from './evaluate';
import { toKerasFile } from './kerasFile';
import { writeModelFolder } from './modelFolder';
import { buildModel, learningRateOf, seedDropout } from './network';
import { deriveSeed, shuffledOrder } from './random';
import { resumableHash } from './spec';
import { layerWeights, optimizerState, restoreOptimizer, restoreWeights } from './weights';

/** At least this often a checkpoint is left, so that a killed run loses no more. */
const CHECKPOINT_SECONDS = 20;

const NO_SUMS: EpochSums = { loss: 0, accuracy: 0, samples: 0, seconds: 0 };

/** Trains on whatever backend TensorFlow.js runs on now: the loop that all its backends share. */
export async function trainWithTensors(job: TrainingJob): Promise<TrainingOutcome> {
  const data = loadDataset(job.spec);
  const model = buildModel(job.spec);
  try {
    const run = new TensorRun(job, data, model);
    await run.restore();
    run.announce();
    const status = await run.toTheEnd();
    return await run.finish(status);
  } finally {
    model.dispose();
    model.optimizer.dispose();
  }
}

/** One run: where it is, and what it has seen. */
class TensorRun {
  readonly #job: TrainingJob;
  readonly #data: Dataset;
  readonly #model: Sequential;
  readonly #stepsPerEpoch: number;
  #step = 0;
  #epoch = 1;
  #stepInEpoch = 0;
  #sums = NO_SUMS;
  #best: CheckpointState['best'] = null;
  #lastCheckpoint = Date.now();
  /** Step of the last checkpoint. */
  #checkpointed = 0;
  #metrics: Readonly<Record<string, number>> = {};

  constructor(job: TrainingJob, data: Dataset, model: Sequential) {
    this.#job = job;
    this.#data = data;
    this.#model = model;
    this.#stepsPerEpoch = Math.ceil(data.train.count / job.spec.batchSize);
  }

  async restore(): Promise<void> {
    const { resume } = this.#job;
    if (resume === undefined) return;
    const { state } = resume;
    restoreWeights(this.#model, resume.weights);
    await restoreOptimizer(this.#model.optimizer, state.optimizer, resume.optimizer);
    this.#step = state.step;
    this.#epoch = state.epoch;
    this.#stepInEpoch = state.stepInEpoch;
    this.#sums = state.sums;
    this.#best = state.best;
    this.#metrics = state.metrics;
    this.#checkpointed = state.step;
  }

  announce(): void {
    const { spec, events, device } = this.#job;
    events.append({
      type: 'started',
      epochs: spec.epochs,
      stepsPerEpoch: this.#stepsPerEpoch,
      batchSize: spec.batchSize,
      samples: this.#data.train.count,
      backend: tf.getBackend() === 'tensorflow' ? 'cuda' : tf.getBackend(),
      device,
      parameters: this.#model.countParams(),
      ...(this.#step === 0 ? {} : { resumedAt: this.#step }),
    });
  }

  /** Trains until the last epoch is done or a stop is asked for. */
  async toTheEnd(): Promise<TrainingOutcome['status']> {
    const { spec } = this.#job;
    while (this.#epoch <= spec.epochs) {
      const order = shuffledOrder(this.#data.train.count, deriveSeed(spec.seed, 'order', this.#epoch));
      while (this.#stepInEpoch < this.#stepsPerEpoch) {
        if (this.#job.shouldStop()) return 'stopped';
        await this.#trainStep(order);
        // Lets signals and timers in: on the CPU a step never waits for anything.
        await new Promise((resolve) => setImmediate(resolve));
        if (Date.now() - this.#lastCheckpoint > CHECKPOINT_SECONDS * 1000) await this.#checkpoint(false);
      }
      await this.#endEpoch();
    }
    return 'completed';
  }

  /** Saves the model, measures it on the images held out, and leaves a last checkpoint. */
  async finish(status: TrainingOutcome['status']): Promise<TrainingOutcome> {
    const { spec, runFolder } = this.#job;
    if (status === 'stopped' && this.#step > this.#checkpointed) await this.#checkpoint(false);
    const metadata = {
      name: spec.name,
      classes: spec.data.classes,
      lightOnDark: isLightOnDark(this.#data.train),
      run: path.basename(runFolder),
    };
    await writeModelFolder(this.#model, path.join(runFolder, 'model'), metadata);
    writeAtomically(path.join(runFolder, spec.save), await toKerasFile(this.#model, spec, metadata));
    if (status === 'stopped') return { status, metrics: this.#metrics, saved: spec.save };
    const test = await evaluate(this.#model, this.#data.test);
    return {
      status,
      metrics: {
        ...this.#metrics,
        test_loss: test.loss,
        test_accuracy: test.accuracy,
        test_samples: this.#data.test.count,
      },
      saved: spec.save,
    };
  }

  async #trainStep(order: Uint32Array): Promise<void> {
    const { spec, events } = this.#job;
    const began = performance.now();
    const from = this.#stepInEpoch * spec.batchSize;
    const indexes = order.subarray(from, Math.min(order.length, from + spec.batchSize));
    seedDropout(this.#model, spec.seed, this.#step + 1);
    const { loss, accuracy } = await trainOnBatch(this.#model, this.#data.train, indexes);
    if (!Number.isFinite(loss)) throw this.#diverged(`The loss became ${loss}`);
    const seconds = (performance.now() - began) / 1000;
    this.#step += 1;
    this.#stepInEpoch += 1;
    this.#sums = {
      loss: this.#sums.loss + loss * indexes.length,
      accuracy: this.#sums.accuracy + accuracy * indexes.length,
      samples: this.#sums.samples + indexes.length,
      seconds: this.#sums.seconds + seconds,
    };
    const samplesPerSecond = Math.round((10 * indexes.length) / seconds) / 10;
    events.append({ type: 'batch', epoch: this.#epoch, step: this.#step, loss, accuracy, samplesPerSecond });
  }

  #diverged(what: string): Error {
    const rate = learningRateOf(this.#job.spec.optimizer);
    return new Error(
      `${what} at step ${this.#step + 1} of epoch ${this.#epoch}. Lower "learningRate" (it is ${rate}) and train again.`,
    );
  }

  async #endEpoch(): Promise<void> {
    const { spec, events } = this.#job;
    const began = performance.now();
    const { validation } = this.#data;
    const measured = validation === undefined ? undefined : await evaluate(this.#model, validation);
    const seconds = this.#sums.seconds + (performance.now() - began) / 1000;
    this.#metrics = {
      loss: this.#sums.loss / this.#sums.samples,
      accuracy: this.#sums.accuracy / this.#sums.samples,
      ...(measured === undefined ? {} : { val_loss: measured.loss, val_accuracy: measured.accuracy }),
    };
    const { loss = 0, ...others } = this.#metrics;
    events.append({
      type: 'epoch',
      epoch: this.#epoch,
      step: this.#step,
      loss,
      ...others,
      seconds: Math.round(seconds * 1000) / 1000,
      learningRate: learningRateOf(spec.optimizer),
      tensors: tf.memory().numTensors,
    });
    const metric = measured === undefined ? 'loss' : 'val_loss';
    const value = measured?.loss ?? loss;
    const best = this.#best === null || value < this.#best.value;
    if (best) this.#best = { metric, value, epoch: this.#epoch, step: this.#step };
    this.#epoch += 1;
    this.#stepInEpoch = 0;
    this.#sums = NO_SUMS;
    await this.#checkpoint(best);
  }

  async #checkpoint(best: boolean): Promise<void> {
    const { spec, runFolder, events } = this.#job;
    const optimizer = await optimizerState(this.#model.optimizer);
    const state: CheckpointState = {
      version: 1,
      specHash: resumableHash(spec),
      step: this.#step,
      epoch: this.#epoch,
      stepInEpoch: this.#stepInEpoch,
      sums: this.#sums,
      best: this.#best,
      metrics: this.#metrics,
      eventBytes: events.length,
      optimizer: optimizer.scalars,
    };
    const weights = (await layerWeights(this.#model)).flatMap((layer) => layer.weights);
    // Backends differ in what a loss of such weights is: some keep it finite. A good checkpoint must not be replaced.
    const broken = weights.find(({ values }) => !values.every(Number.isFinite));
    if (broken !== undefined) throw this.#diverged(`The weights of ${broken.name} became infinite or NaN`);
    const name = writeCheckpoint(path.join(runFolder, 'checkpoints'), {
      state,
      weights,
      optimizer: optimizer.tensors,
    });
    const epoch = best ? this.#epoch - 1 : this.#epoch;
    events.append({ type: 'checkpoint', epoch, step: this.#step, path: `checkpoints/${name}`, best });
    this.#lastCheckpoint = Date.now();
    this.#checkpointed = this.#step;
  }
}

async function trainOnBatch(
  model: Sequential,
  images: LabelledImages,
  indexes: Uint32Array,
): Promise<{ readonly loss: number; readonly accuracy: number }> {
  const size = images.shape[0] * images.shape[1] * images.shape[2];
  const pixels = new Float32Array(indexes.length * size);
  const labels = new Float32Array(indexes.length);
  gather(images, indexes, pixels, labels);
  const x = tf.tensor4d(pixels, [indexes.length, ...images.shape]);
  const y = tf.tensor2d(labels, [indexes.length, 1]);
  try {
    const result = await model.trainOnBatch(x, y);
    const [loss = Number.NaN, accuracy = Number.NaN] = Array.isArray(result) ? result : [result];
    return { loss, accuracy };
  } finally {
    tf.dispose([x, y]);
  }
}
