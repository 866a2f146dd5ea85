/** A small drawing of what the demonstration shows: a goal, three tasks, a conflict, a checkpoint. */
export function WelcomeFigure() {
  return (
    <div className="welcome-figure" aria-hidden="true">
      <svg viewBox="0 0 392 176">
        <g fill="none" strokeWidth="1.5">
          <path d="M70 88C96 88 92 34 118 34M70 88H118M70 88C96 88 92 142 118 142" stroke="var(--edge)" />
          <path d="M204 34C232 34 226 62 254 66" stroke="var(--edge)" />
          <path d="M204 142C232 142 226 112 254 108" stroke="var(--st-ready)" />
          <path d="M161 52V70" stroke="var(--st-conflict)" strokeWidth="2" />
          <path
            d="M340 88H362"
            stroke="var(--st-saved)"
            strokeWidth="2"
            strokeDasharray="2 4"
            strokeLinecap="round"
          />
        </g>
        <rect className="box" x="14" y="68" width="56" height="40" rx="7" />
        {[16, 70, 124].map((y) => (
          <g key={y}>
            <rect className="box" x="118" y={y} width="86" height="36" rx="7" />
            <rect className="word" x="148" y={y + 11} width="44" height="4" rx="2" />
            <rect className="word" x="148" y={y + 20} width="30" height="4" rx="2" />
          </g>
        ))}
        <rect className="box" x="254" y="66" width="86" height="44" rx="7" />
        <circle cx="32" cy="88" r="8" fill="var(--ag-guide)" />
        <circle cx="134" cy="34" r="8" fill="var(--ag-codex)" />
        <circle cx="134" cy="88" r="8" fill="var(--ag-claude)" />
        <circle cx="134" cy="142" r="8" fill="var(--ag-qa)" />
        <path d="M371 80l8 8-8 8-8-8z" fill="var(--st-saved)" />
      </svg>
    </div>
  );
}
