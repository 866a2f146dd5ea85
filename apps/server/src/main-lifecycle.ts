import { type Access, makeAccess } from './access/access.ts';
import { loadOwnerToken } from './access/owner-token.ts';
import { type HttpServer, makeHttpServer } from './api/http-server.ts';
import { makeRouter } from './api/router.ts';
import type { Compose, Composition } from './compose-contract.ts';
import type { Config } from './config.ts';
import { type Build, findBuild } from './main-build.ts';
import { stopGracefully } from './ops/graceful-stop.ts';
import { type PartState, reportHealth, reportReady } from './ops/health.ts';
import { stopWhenIdle } from './ops/idle-stop.ts';
import { openBrowser } from './ops/open-browser.ts';
import { systemClock } from './platform/clock.ts';
import { takeInstanceLock } from './platform/instance-lock.ts';
import { type Logger, makeLogger } from './platform/logger.ts';
import { type DataPaths, dataPathsOf, prepareDataDirectory } from './platform/paths.ts';
import { makeRedactor, type Redactor } from './platform/redact.ts';
import { removeServerFile, writeServerFile } from './platform/server-file.ts';

const ALREADY_RUNS = 3;

/** Runs the one server of a data directory until it is told to end; answers the exit code, 3 when another one runs already. */
export async function runServer(config: Config, compose: Compose): Promise<number> {
  prepareDataDirectory(config.dataDirectory);
  const paths = dataPathsOf(config.dataDirectory);
  const lock = takeInstanceLock(paths);
  if (lock.kind === 'taken') {
    const where = lock.by === null ? 'and is just starting' : `as process ${lock.by.pid}: ${lock.by.url}`;
    process.stderr.write(`Thalogos already runs for ${config.dataDirectory} ${where}\n`);
    return ALREADY_RUNS;
  }
  try {
    return await serve(config, paths, compose);
  } finally {
    removeServerFile(paths.serverFile);
    lock.release();
  }
}

/** What lives as long as the server. */
interface Running {
  readonly config: Config;
  readonly paths: DataPaths;
  readonly logger: Logger;
  readonly redactor: Redactor;
  readonly token: string;
  readonly access: Access;
  readonly startedAt: number;
  readonly build: Build;
  /** Asks for the end. */
  readonly stop: (why: string) => void;
  readonly asked: Promise<string>;
  /** Changes as the server starts and ends. */
  phase: PartState;
  port: number;
}

async function serve(config: Config, paths: DataPaths, compose: Compose): Promise<number> {
  const running = prepare(config, paths);
  const ignoreSignals = heedSignals(running);
  const composition = await compose({
    ...running,
    clock: systemClock,
    version: running.build.version,
    build: running.build.build,
    server: () => ({ pid: process.pid, port: running.port, url: urlOf(running) }),
    stop: () => running.stop('asked by a call'),
  });
  try {
    return await listenUntilAsked(running, composition);
  } finally {
    ignoreSignals();
  }
}

async function listenUntilAsked(running: Running, composition: Composition): Promise<number> {
  const { logger, config, paths, token, startedAt, asked } = running;
  const http = await face(running, composition);
  try {
    running.port = await http.listen(config.port);
    writeServerFile(paths.serverFile, {
      pid: process.pid,
      port: running.port,
      url: urlOf(running),
      token,
      startedAt,
    });
    announce(running);
    // Who asks for the end while the last server's work is being taken up does not wait for all of it.
    await Promise.race([composition.begin(), asked]);
  } catch (cause) {
    await end(running, composition, http);
    throw new Error('Could not start the server', { cause });
  }
  running.phase = 'ok';
  logger.info({ port: running.port, version: running.build.version }, 'ready');
  const stayAwake = sleepWhenIdle(running, composition, http);
  logger.info({ why: await asked }, 'stopping');
  stayAwake();
  const code = await end(running, composition, http);
  logger.info({ code }, 'stopped');
  return code;
}

function prepare(config: Config, paths: DataPaths): Running {
  const redactor = makeRedactor(config.secrets);
  const token = loadOwnerToken(paths.root);
  redactor.add(token);
  const logger = makeLogger({ dataDirectory: paths.root, level: config.logLevel, redactor });
  const isSecure = config.proxy?.startsWith('https:') ?? false;
  const access = makeAccess({ token, owner: config.owner, clock: systemClock, isSecure });
  const { promise: asked, resolve: stop } = Promise.withResolvers<string>();
  return {
    config,
    paths,
    logger,
    redactor,
    token,
    access,
    startedAt: systemClock.now(),
    build: findBuild(),
    stop,
    asked,
    phase: 'initializing',
    port: 0,
  };
}

function face(running: Running, composition: Composition): Promise<HttpServer> {
  const { config, access, logger, startedAt, build } = running;
  return makeHttpServer({
    router: makeRouter(composition.calls),
    attachments: composition.calls.attachments,
    events: composition.events,
    joinTerminal: composition.joinTerminal,
    previewPorts: config.previewPorts,
    access,
    logger,
    clock: systemClock,
    host: config.host,
    proxy: config.proxy,
    consoleDirectory: build.consoleDirectory,
    metrics: composition.metrics,
    probes: {
      health: () =>
        reportHealth({ ...composition.health(), startedAt, now: systemClock.now(), version: build.version }),
      ready: () =>
        reportReady(
          running.phase === 'ok'
            ? composition.checks()
            : { storage: running.phase, event_bus: running.phase },
        ),
    },
  });
}

function end(running: Running, composition: Composition, http: HttpServer): Promise<0 | 1> {
  return stopGracefully(
    {
      refuse: () => {
        running.phase = 'stopping';
        composition.refuseWork();
      },
      drain: (ms) => http.drain(ms),
      persist: () => {
        // What reads the log ends before the log is closed.
        http.endStreams();
        return composition.close();
      },
      close: () => http.close(),
    },
    (step, error) => running.logger.error({ step, error }, 'a step of the end failed'),
  );
}

function sleepWhenIdle({ config, stop }: Running, composition: Composition, http: HttpServer): () => void {
  if (config.idleStopMinutes === null) return () => undefined;
  return stopWhenIdle({
    minutes: config.idleStopMinutes,
    life: {
      lastCallAt: () => http.activity().lastCallAt,
      isBusy: () => http.activity().viewers > 0 || composition.isBusy(),
    },
    clock: systemClock,
    stop: () => stop('nobody was there'),
  });
}

/** Ends in order at the first signal; at the second, at once. */
function heedSignals({ stop, logger, redactor }: Running): () => void {
  let isAsked = false;
  const heed = (signal: NodeJS.Signals) => {
    if (isAsked) process.exit(1);
    isAsked = true;
    stop(signal);
  };
  const signals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, heed);
  process.on('uncaughtException', (error) => {
    // Nobody knows what is still true after this; the next start takes up what was written down.
    logger.fatal({ error }, 'a fault that nothing caught');
    process.stderr.write(`Thalogos ended on a fault: ${redactor.redactText(error.message)}\n`);
    process.exit(1);
  });
  return () => {
    for (const signal of signals) process.off(signal, heed);
  };
}

function urlOf({ config: { host }, port }: Running): string {
  const name =
    host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}

function announce(running: Running): void {
  const url = urlOf(running);
  // Whoever started the server may have stopped reading what it says.
  process.stdout.on('error', () => undefined);
  process.stdout.write(`Thalogos is at ${url}/#token=${running.token}\n`);
  // Every user of the machine can read a command line, so the browser's holds a code that is good for once.
  if (running.config.opensBrowser)
    openBrowser(`${url}/#token=${running.access.issueCode()}`, process.platform);
}
