/** Lines added and removed, in their colours. */
export function LineCounts({ added, removed }: { readonly added: number; readonly removed: number }) {
  return (
    <span className="mono f11">
      <span className="plus">+{added}</span> <span className="minus">−{removed}</span>
    </span>
  );
}
