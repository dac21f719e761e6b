package org.eveproof.cli;

/** Exit codes of every command. */
public final class ExitCodes {
  /** Everything held. */
  public static final int HELD = 0;

  /** Something was violated, rejected, aborted, or detected that should not be. */
  public static final int VIOLATED = 1;

  /** The call or its input is wrong; one line on stderr says what, where and how to mend it. */
  public static final int BAD_INPUT = 2;

  /** The environment failed: no disk, no network, no child process. */
  public static final int ENVIRONMENT = 3;

  private ExitCodes() {}
}
