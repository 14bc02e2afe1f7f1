package dev.photofinish.option;

/**
 * A face that shows options: a schema, the properties of an element, a form. It has a method for
 * each {@link OptionType}.
 */
public interface OptionTypeReader<R> {
  R words(OptionType.Words<?> type);

  R toggle();

  R integer(OptionType.WholeNumber type);

  R longInteger(OptionType.LongNumber type);

  R decimal(OptionType.Decimal type);

  R duration(OptionType.Time type);

  R text(OptionType.Text<?> type);

  R orWord(OptionType.OrWord<?> type);
}
