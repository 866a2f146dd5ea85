import type { HealthConfig, RecoveryPlan, RecoveryStrategy } from '../types/agent-health.ts';
import { ValidationError } from '../types/errors.ts';

/** A configuration with nothing left open. */
export type HealthSettings = Required<Omit<HealthConfig, 'defaultRecoveryStrategy'>> & {
  readonly heartbeatTimeout: number;
  readonly defaultPlan: Required<RecoveryPlan>;
};

const DEFAULTS: Required<Omit<HealthConfig, 'defaultRecoveryStrategy'>> = {
  heartbeatInterval: 2000,
  activityTimeout: 5000,
  maxMissedBeats: 2,
  livenessInterval: 10_000,
  livenessTimeout: 5000,
  busyTimeout: 300_000,
};

/** Of the time between the last heartbeat and the verdict, what an answer may take; the rest is for a late timer. */
const ANSWER_SHARE = 0.9;

/** Fills in what was not said and refuses what cannot be. */
export function toHealthSettings(config: HealthConfig): HealthSettings {
  const { defaultRecoveryStrategy = 'restart', livenessInterval, ...times } = { ...DEFAULTS, ...config };
  const { heartbeatInterval, activityTimeout, maxMissedBeats } = times;
  const invalid = Object.entries(times).flatMap(([name, value]) => (value > 0 ? [] : [name]));
  const left = activityTimeout - heartbeatInterval * maxMissedBeats;
  if (left <= 0) invalid.push('activityTimeout');
  if (livenessInterval < 0) invalid.push('livenessInterval');
  if (invalid.length > 0)
    throw new ValidationError(
      `Monitoring needs a valid ${invalid.join(', ')}: an agent is lost after maxMissedBeats x heartbeatInterval, within activityTimeout`,
      invalid,
    );
  return {
    ...times,
    livenessInterval,
    heartbeatTimeout: Math.min(left, heartbeatInterval) * ANSWER_SHARE,
    defaultPlan: toRecoveryPlan(defaultRecoveryStrategy),
  };
}

/** The whole plan that a strategy stands for. */
export function toRecoveryPlan(strategy: RecoveryStrategy | RecoveryPlan): Required<RecoveryPlan> {
  const plan = {
    failureThreshold: 3,
    timeoutMs: 30_000,
    backoffMultiplier: 2,
    maxRetries: 5,
    ...(typeof strategy === 'string' ? { strategyType: strategy } : strategy),
  };
  const invalid: string[] = [];
  if (!['restart', 'replace', 'alert', 'none'].includes(plan.strategyType)) invalid.push('strategyType');
  if (!(plan.failureThreshold > 0)) invalid.push('failureThreshold');
  if (!(plan.timeoutMs > 0)) invalid.push('timeoutMs');
  if (!(plan.backoffMultiplier >= 1)) invalid.push('backoffMultiplier');
  if (!(plan.maxRetries >= 0)) invalid.push('maxRetries');
  if (invalid.length > 0)
    throw new ValidationError(`A recovery plan needs a valid ${invalid.join(', ')}`, invalid);
  return plan;
}
