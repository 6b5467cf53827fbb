namespace KekeStar.Antifraud.Simulation.Parameters;

/// <summary>A figure that a part of the simulation needs.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="Least">Smallest value that is allowed.</param>
/// <param name="Most">Largest value that is allowed.</param>
internal sealed record FigureSpec(string Name, double Least, double Most)
{
    /// <summary>A figure from 0 to 1.</summary>
    internal static FigureSpec Share(string name) => new(name, 0, 1);
}
