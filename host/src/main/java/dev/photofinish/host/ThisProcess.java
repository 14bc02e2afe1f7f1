package dev.photofinish.host;

import dev.photofinish.race.BudgetOptions;
import dev.photofinish.race.DialBudget;

/** What all races of this process share unless they are given another, whoever drives them. */
public final class ThisProcess {
  private static final DialBudget BUDGET = new DialBudget(BudgetOptions.defaults());

  private static final class Learnt {
    static final SharedHistory HISTORY = new SharedHistory();
  }

  private ThisProcess() {}

  /** The budget of dials, with every option at its default. */
  public static DialBudget budget() {
    return BUDGET;
  }

  /** What races learn whose maker keeps nothing itself; it ends with the process. */
  public static SharedHistory history() {
    return Learnt.HISTORY;
  }
}
