namespace KekeStar.Antifraud.Load.Targets;

/// <summary>A server to be measured did not come up.</summary>
/// <param name="message">Which, and the last lines that it wrote.</param>
internal sealed class ServerStartException(string message) : Exception(message);
