using System.CommandLine;
using System.Globalization;
using System.Numerics;

namespace KekeStar.Antifraud.Load.Commands;

/// <summary>An option that takes a number within bounds and says so when it gets another.</summary>
internal static class BoundedOption
{
    /// <summary>Makes the option.</summary>
    public static Option<T> Create<T>(string name, string description, T preset, T lowest, T highest)
        where T : struct, INumber<T>
        => new(name)
        {
            Description = string.Create(CultureInfo.InvariantCulture, $"{description} {lowest} to {highest}."),
            DefaultValueFactory = _ => preset,
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (T.TryParse(text, CultureInfo.InvariantCulture, out T value) && value >= lowest && value <= highest)
                {
                    return value;
                }

                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} {text}: give a number from {lowest} to {highest}."));
                return default;
            },
        };
}
