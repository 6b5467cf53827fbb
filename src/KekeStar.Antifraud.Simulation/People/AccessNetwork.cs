using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.People;

/// <summary>How a phone reaches the network.</summary>
/// <param name="AccessPoint">MAC address of the Wi-Fi access point; null: cellular.</param>
/// <param name="Addresses">The public addresses behind it; which one a connection gets is chance.</param>
internal sealed record AccessNetwork(string? AccessPoint, params IReadOnlyList<string> Addresses)
{
    /// <summary>As the phone reports it.</summary>
    internal AccessType Type => AccessPoint is null ? AccessType.Cellular : AccessType.Wifi;
}
