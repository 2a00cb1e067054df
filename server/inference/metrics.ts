/** Upper bounds of the latency buckets, in seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5] as const;

/** Counts requests and their time, and prints both as Prometheus reads them (text format 0.0.4). */
export class Metrics {
  readonly #requests = new Map<string, number>();
  readonly #buckets = BUCKETS.map(() => 0);
  #seconds = 0;
  #count = 0;

  /** @param route the pattern of the path, not the path itself, so that there are few */
  record(route: string, status: number, seconds: number): void {
    const key = `route="${route}",status="${status}"`;
    this.#requests.set(key, (this.#requests.get(key) ?? 0) + 1);
    this.#seconds += seconds;
    this.#count += 1;
    BUCKETS.forEach((bound, index) => {
      if (seconds <= bound) this.#buckets[index] = (this.#buckets[index] ?? 0) + 1;
    });
  }

  text(): string {
    const requests = [...this.#requests].map(
      ([labels, count]) => `terratrain_requests_total{${labels}} ${count}`,
    );
    const buckets = BUCKETS.map(
      (bound, index) => `terratrain_request_seconds_bucket{le="${bound}"} ${this.#buckets[index] ?? 0}`,
    );
    return [
      '# HELP terratrain_requests_total Requests answered.',
      '# TYPE terratrain_requests_total counter',
      ...requests,
      '# HELP terratrain_request_seconds Time from the request to its answer.',
      '# TYPE terratrain_request_seconds histogram',
      ...buckets,
      `terratrain_request_seconds_bucket{le="+Inf"} ${this.#count}`,
      `terratrain_request_seconds_sum ${this.#seconds}`,
      `terratrain_request_seconds_count ${this.#count}`,
      '',
    ].join('\n');
  }
}
