namespace KekeStar.Antifraud.Simulation.Parameters;

/// <summary>What is wrong with a parameter file, and where in it.</summary>
/// <param name="path">Where, such as <c>$.adversaries.prober.share.value</c>.</param>
/// <param name="fault">What.</param>
internal sealed class ParameterException(string path, string fault) : Exception($"{path}: {fault}")
{
    /// <summary>Where.</summary>
    internal string Path => path;
}
