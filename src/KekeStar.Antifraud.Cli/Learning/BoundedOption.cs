using System.CommandLine;

namespace KekeStar.Antifraud.Cli.Learning;

/// <summary>Options that are numbers within bounds.</summary>
internal static class BoundedOption
{
    /// <summary>Creates one.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="description">What it means; the bounds are added.</param>
    /// <param name="value">The default.</param>
    /// <param name="least">The least that is allowed.</param>
    /// <param name="most">The most that is allowed.</param>
    public static Option<int> Create(string name, string description, int value, int least, int most)
    {
        var option = new Option<int>(name) { Description = $"{description} {least} to {most}.", DefaultValueFactory = _ => value };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() is var given && (given < least || given > most))
            {
                result.AddError($"{name} is {given}; allowed are {least} to {most}.");
            }
        });
        return option;
    }
}
