/** What a stretch of time on the page came to. */
export interface Measured {
  readonly fps: number;
  /** Milliseconds of tasks longer than 50 ms, a second. */
  readonly longTasks: number;
  readonly nodes: number;
}

/** Sends `update` 20 times a second for some seconds, and counts frames and long tasks meanwhile. */
export async function measure(seconds: number, update: (round: number) => void): Promise<Measured> {
  let long = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) long += entry.duration;
  });
  observer.observe({ entryTypes: ['longtask'] });
  let frames = 0;
  let isOver = false;
  const count = () => {
    frames += 1;
    if (!isOver) requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
  let round = 0;
  const timer = setInterval(() => update((round += 1)), 50);
  const start = performance.now();
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const took = (performance.now() - start) / 1000;
  isOver = true;
  clearInterval(timer);
  await new Promise((resolve) => setTimeout(resolve, 200));
  observer.disconnect();
  const nodes = document.querySelectorAll('.react-flow__node').length;
  return { fps: frames / took, longTasks: long / took, nodes };
}
