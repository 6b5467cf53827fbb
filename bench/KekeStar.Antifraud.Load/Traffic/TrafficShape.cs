namespace KekeStar.Antifraud.Load.Traffic;

/// <summary>Whose events are sent.</summary>
internal sealed record TrafficShape
{
    /// <summary>Gets the number of accounts, and of devices: 1 to 1,000,000.</summary>
    public int Accounts { get; init; } = 100_000;

    /// <summary>Gets the exponent by which few accounts make most events; 0.9 gives the busiest of 100,000 about 4 % of them.</summary>
    public double Exponent { get; init; } = 0.9;

    /// <summary>Gets the number of Wi-Fi access points, shared by accounts: 1 to 16,777,216.</summary>
    public int AccessPoints { get; init; } = 20_000;

    /// <summary>Gets the number of client addresses, shared by accounts: 1 to 3,796,416 (156 per /24).</summary>
    public int Addresses { get; init; } = 50_000;

    /// <summary>Gets the number of device models: 1 to 1,000.</summary>
    public int Models { get; init; } = 200;

    /// <summary>Gets the share of events that come from another than the account's own device, in percent.</summary>
    public int ForeignDevicePercent { get; init; } = 5;

    /// <summary>Gets the size of every request message in bytes. 895 is what the design's figures were measured with.</summary>
    public int MessageSize { get; init; } = 895;
}
