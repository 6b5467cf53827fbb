namespace KekeStar.Antifraud.Cli.Reading;

/// <summary>What is wrong with an input and where. Never holds a value of the input: values may be identifiers.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column in characters, from 1.</param>
/// <param name="Field">Path of the field, such as "device.sims[0].iccid"; empty: the whole input.</param>
/// <param name="Problem">What is wrong and what is expected.</param>
internal readonly record struct InputFault(int Line, int Column, string Field, string Problem)
{
    /// <summary>One line for people.</summary>
    public override string ToString() => Field.Length == 0
        ? $"line {Line}, column {Column}: {Problem}"
        : $"line {Line}, column {Column}: {Field}: {Problem}";
}
