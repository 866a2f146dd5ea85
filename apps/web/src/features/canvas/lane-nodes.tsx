import './node.css';
import type { Task } from '@thalogos/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Handle, type NodeProps, Position } from '@xyflow/react';
import { Check, GitBranch, Shield } from 'lucide-react';
import { memo, useMemo } from 'react';
import { formatAgo, formatClock, formatNoun, formatOid } from '../../lib/format.ts';
import { useTRPC } from '../../lib/trpc.ts';
import { useProjectId, useProjects } from '../../lib/use-project.ts';
import { usePastTime } from '../../lib/past-state.ts';
import { useShownNow } from '../../lib/use-shown-now.ts';
import { StateIcon } from '../../ui/state-icon.tsx';
import { LookWord } from '../../ui/state-word.tsx';
import type { FlowNode, LaneGiven } from './flow.ts';
import { type LaneView, laneView, pastCheckpoints } from './lane-view.ts';

/** Lines meet a checkpoint in the middle of its diamond. */
const DIAMOND = { left: 21, right: 'auto', top: 7 } as const;

const approvedOf = ({ tasks }: { readonly tasks: readonly Task[] }) =>
  tasks.filter((task) => task.state === 'approved');

/** The lane as the server has it now; null before the project is known. */
function useLane(): LaneView | null {
  const trpc = useTRPC();
  const { project } = useProjects();
  const given = { project: project?.id ?? '' };
  const enabled = project !== null;
  const entries = useQuery(trpc.timeline.list.queryOptions(given, { enabled })).data?.entries ?? [];
  const preview = useQuery(trpc.saves.preview.queryOptions(given, { enabled })).data;
  // Only what could enter: what the others write draws no lane anew.
  const tasks = useQuery(trpc.tasks.list.queryOptions(given, { enabled, select: approvedOf })).data ?? [];
  return project === null ? null : laneView({ project, entries, preview, tasks });
}

/** What stands in the lane, unchanged as long as no checkpoint comes and the next one stays as it is. */
export function useStations(): LaneGiven {
  const trpc = useTRPC();
  const project = useProjectId();
  const entries = useQuery(trpc.timeline.list.queryOptions({ project })).data?.entries;
  const hasNext = (useQuery(trpc.saves.preview.queryOptions({ project })).data?.enters.length ?? 0) > 0;
  return useMemo(() => ({ past: pastCheckpoints(entries ?? []), hasNext }), [entries, hasNext]);
}

function Signature({ signature }: { readonly signature: string }) {
  if (signature !== 'good')
    return <LookWord look="failed" word={signature === 'bad' ? 'bad signature' : 'not signed'} />;
  return (
    <span className="state-word" data-st="saved">
      <Shield size={12} aria-hidden />
      signed
    </span>
  );
}

/** Where main stands, with its last checkpoint. */
export const MainNode = memo(function MainNode() {
  const lane = useLane();
  const now = useShownNow('half-minute');
  if (lane === null) return null;
  const { head, branch, entry } = lane.main;
  return (
    <>
      <Handle type="target" position={Position.Left} />
      <div className="node" data-st="saved">
        <span className="node-head">
          <StateIcon look="saved" />
          <b className="f12">{branch}</b>
          <span className="mono t3 f11">{head === null ? '' : formatOid(head)}</span>
          <span className="grow" />
          {entry !== null && <Signature signature={entry.signature} />}
        </span>
        {entry?.tag == null ? (
          <span className="node-last cut">no checkpoint yet</span>
        ) : (
          <Link
            to="/timeline/$tag"
            params={{ tag: entry.tag }}
            className="node-last cut"
            title={entry.summary}
          >
            {entry.tag}
          </Link>
        )}
        <span className="node-meta">
          {entry === null ? (
            <span>the first Save makes one</span>
          ) : (
            <>
              <span>
                {formatClock(entry.at)}, {formatAgo(entry.at, now)}
              </span>
              <span>{formatNoun(entry.tasks.length, 'task')}</span>
            </>
          )}
        </span>
      </div>
      <Handle type="source" position={Position.Right} />
    </>
  );
});

/** What a Save would land now. */
export const IntegrationNode = memo(function IntegrationNode() {
  // Nobody has kept which checks were known then.
  const isPast = usePastTime() !== null;
  const lane = useLane();
  if (lane === null) return null;
  const { line, checks, conflicts } = lane.integration;
  return (
    <>
      <Handle id="along" type="target" position={Position.Left} />
      <Handle id="enter" type="target" position={Position.Top} />
      <Link
        to={conflicts > 0 ? '/conflicts' : '/save'}
        className="node"
        data-st={conflicts > 0 ? 'conflict' : 'ready'}
      >
        <span className="node-head">
          <GitBranch size={16} className="acc" aria-hidden />
          <b className="f12">Integration</b>
          <span className="grow" />
          {conflicts > 0 ? (
            <LookWord look="conflict" word={formatNoun(conflicts, 'conflict')} />
          ) : (
            lane.next !== null && (
              <span className="state-word" data-st="ready">
                <Check size={14} aria-hidden />
                clean
              </span>
            )
          )}
        </span>
        <span className="node-last cut">{line}</span>
        <span className="node-meta">{isPast ? '' : checks}</span>
      </Link>
      <Handle id="out" type="source" position={Position.Right} />
    </>
  );
});

/** The checkpoint that the next Save would make. */
export const NextNode = memo(function NextNode() {
  const lane = useLane();
  return (
    <>
      <Handle type="target" position={Position.Left} />
      <div className="node-next">
        <i aria-hidden="true" />
        <span className="col" style={{ gap: 0 }}>
          <b>Next checkpoint</b>
          <span className="t3 f11 cut">{lane?.next?.titles}</span>
        </span>
      </div>
    </>
  );
});

/** A checkpoint of before, on main. */
export const CheckpointNode = memo(function CheckpointNode({
  data,
}: NodeProps<Extract<FlowNode, { type?: 'checkpoint' }>>) {
  return (
    <>
      <Handle type="target" position={Position.Left} style={DIAMOND} />
      <Link
        to="/timeline/$tag"
        params={{ tag: data.tag }}
        className="node-checkpoint"
        title={data.summary}
        aria-label={`Checkpoint ${data.number}: ${data.summary}`}
      >
        <i aria-hidden="true" />
        {data.number}
      </Link>
      <Handle type="source" position={Position.Right} style={DIAMOND} />
    </>
  );
});
