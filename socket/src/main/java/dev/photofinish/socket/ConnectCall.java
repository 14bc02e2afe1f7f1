package dev.photofinish.socket;

import dev.photofinish.race.Permit;
import dev.photofinish.race.RaceReport;
import dev.photofinish.race.Result;
import dev.photofinish.race.report.ReportText;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One {@code connect}: waits for a permit of the limiter, then races. */
final class ConnectCall {
  private final ConnectRequest request;
  private final SocketSettings settings;
  private final FactoryContext context;
  private final PermitWait permitWait;

  /** Guarded by {@code this}, so that a race and a cancel cannot miss one another. */
  private @Nullable BlockingRace race;

  private boolean cancelled;

  ConnectCall(ConnectRequest request, SocketSettings settings, FactoryContext context) {
    this.request = request;
    this.settings = settings;
    this.context = context;
    permitWait = new PermitWait(context.limiter(), request.host());
  }

  /** From any thread: ends {@link #run}, unless it has its winner. */
  synchronized void cancel() {
    cancelled = true;
    permitWait.giveUp();
    if (race != null) {
      race.cancel();
    }
  }

  WonChannel run() throws IOException {
    PermitWait.End end = permitWait.await(request.patience());
    if (end != PermitWait.End.ADMITTED) {
      throw notAdmitted(end);
    }
    return begin(permitWait.permit()).run();
  }

  /** A race in the queue has no socket and no selector. */
  private synchronized BlockingRace begin(Permit permit) throws IOException {
    try {
      BlockingRace begun = new BlockingRace(request, settings, context, permit);
      race = begun;
      if (cancelled) {
        begun.cancel();
      }
      return begun;
    } catch (IOException e) {
      permit.close(System.nanoTime());
      throw Failures.notBegun(request, e);
    } catch (Throwable e) {
      permit.close(System.nanoTime());
      throw e;
    }
  }

  private IOException notAdmitted(PermitWait.End end) {
    Result result = end == PermitWait.End.TIMED_OUT ? Result.TIMED_OUT : Result.CANCELLED;
    RaceReport report =
        RaceReport.notBegun(request.toString(), request.options(0), result, permitWait.waited());
    context.onDecided().accept(report);
    return end == PermitWait.End.TIMED_OUT
        ? Failures.timeout(ReportText.summary(report))
        : Failures.cancelled(end == PermitWait.End.GIVEN_UP, ReportText.summary(report));
  }
}
