using Google.Protobuf;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Simulation.People;

/// <summary>One phone: what it says of itself wherever it is, and the token that the app keeps on it.</summary>
/// <param name="Model">The model.</param>
/// <param name="Signals">Its signals, but for the access network and the motion of the moment.</param>
internal sealed record Handset(PhoneModel Model, DeviceSignals Signals)
{
    /// <summary>Token of the latest reply; empty: none yet, or an app that keeps none.</summary>
    internal ByteString Token { get; set; } = ByteString.Empty;

    /// <summary>Number of the place where a file's reader keeps the token; 0: none yet.</summary>
    internal long TokenSlot { get; set; }

    /// <summary>False for an app that loses its token, as one that is reinstalled before each start.</summary>
    internal bool KeepsToken { get; init; } = true;

    /// <summary>The signals at a moment.</summary>
    internal DeviceSignals At(AccessNetwork network, MotionReading? motion)
    {
        var signals = Signals.Clone();
        signals.Bssid = network.AccessPoint ?? "";
        signals.AccessType = network.Type;
        signals.Accelerometer = motion?.Accelerometer;
        signals.Gyroscope = motion?.Gyroscope;
        return signals;
    }
}
