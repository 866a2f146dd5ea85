import { Button, type ButtonProps } from './button.tsx';
import { classes } from './classes.ts';
import { Tip } from './tooltip.tsx';

/** A square button that shows an icon alone; `label` is its name and its tooltip. */
export function IconButton({
  label,
  className,
  keys,
  variant = 'ghost',
  ...rest
}: ButtonProps & { readonly label: string }) {
  return (
    <Tip text={label} keys={keys}>
      <Button {...rest} variant={variant} className={classes('btn-icon', className)} aria-label={label} />
    </Tip>
  );
}
