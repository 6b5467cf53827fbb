using System.Runtime.InteropServices;
using KekeStar.Antifraud.Load.Measuring;

namespace KekeStar.Antifraud.Load.Performance;

/// <summary>What was measured in a round.</summary>
/// <param name="Subject">Key of the subject.</param>
/// <param name="Writes">How calls were handed to the kernel.</param>
/// <param name="Kind">Under which load.</param>
/// <param name="Connections">Over how many connections.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct MeasurementKey(string Subject, WriteMode Writes, MeasurementKind Kind, int Connections);

/// <summary>Under which load something is measured.</summary>
internal enum MeasurementKind
{
    /// <summary>Closed loop: as much as the subject answers.</summary>
    Peak,

    /// <summary>Open loop at a share of the service's own peak, the same rate for echo and service.</summary>
    Open,

    /// <summary>Closed loop with the same calls in flight over more and more connections.</summary>
    Growth,
}
