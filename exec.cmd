@rem `exec` for Windows: the root scripts use it so that a signal reaches the program and not a shell around it.
@%*
