namespace KekeStar.Antifraud.Simulation.Parameters;

/// <summary>Figures by name; all that were asked for are there.</summary>
/// <param name="values">The figures.</param>
internal sealed class FigureSet(IReadOnlyDictionary<string, Figure> values)
{
    /// <summary>A figure's value.</summary>
    internal double this[string name] => values[name].Value;

    /// <summary>A figure's value as a whole number.</summary>
    internal int Whole(string name) => (int)Math.Round(values[name].Value);

    /// <summary>All figures and where each comes from.</summary>
    internal IReadOnlyDictionary<string, Figure> All => values;
}
