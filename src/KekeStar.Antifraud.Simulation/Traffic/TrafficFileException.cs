namespace KekeStar.Antifraud.Simulation.Traffic;

/// <summary>A file is no traffic file, or a damaged one.</summary>
/// <param name="message">What is wrong.</param>
internal sealed class TrafficFileException(string message) : Exception(message);
