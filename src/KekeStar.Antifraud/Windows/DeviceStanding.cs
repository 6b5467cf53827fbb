using System.Numerics;
using System.Runtime.InteropServices;
using KekeStar.Antifraud.Identity;
using KekeStar.Antifraud.Intake;

namespace KekeStar.Antifraud.Windows;

/// <summary>How the identifiers of an event stand to the device that it was found to come from, as of before the event.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct DeviceStanding
{
    private int _knownWeight;
    private int _allWeight;

    /// <summary>True if the device had an earlier attempt in the last 7 days.</summary>
    public bool IsKnown { get; private set; }

    /// <summary>Identifiers that were never seen before.</summary>
    public int New { get; private set; }

    /// <summary>Identifiers that were seen on other devices and not on this one.</summary>
    public int Foreign { get; private set; }

    /// <summary>Identifiers seen on more than <see cref="DeviceLink.MaxFanOut"/> devices, this one included.</summary>
    public int Shared { get; private set; }

    /// <summary>Different marks of installations that the device's log holds, the event's included.</summary>
    public int Installs { get; private set; }

    /// <summary>Different marks of hardware that the device's log holds, the event's included.</summary>
    public int Hardware { get; private set; }

    /// <summary>
    /// Weight of the identifiers that were seen on this device as a share of the weight of all: 0 … 1; NaN: the event has
    /// none.
    /// </summary>
    public readonly double Confidence => _allWeight == 0 ? double.NaN : (double)_knownWeight / _allWeight;

    /// <summary>Adds one log of the event.</summary>
    /// <param name="slot">Whose log it is.</param>
    /// <param name="tail">Its tail.</param>
    /// <param name="findings">What counting found in it.</param>
    /// <param name="own">The event's record.</param>
    /// <param name="counts">What the log counts.</param>
    public void Add(int slot, ReadOnlySpan<byte> tail, in TailFindings findings, in WindowRecord own, WindowCounts counts)
    {
        if (slot == EntitySlot.Device)
        {
            AddDevice(tail, findings, own);
        }
        else if (IdentifierWeights.Of(slot) > 0 && own.Device != 0)
        {
            AddIdentifier(slot, tail, findings, own, counts);
        }
    }

    private void AddDevice(ReadOnlySpan<byte> tail, in TailFindings findings, in WindowRecord own)
    {
        var installs = Bit(own.Install);
        var hardware = Bit(own.Hardware);
        foreach (var record in new EarlierAttempts(tail, findings, own))
        {
            IsKnown = true;
            installs |= Bit(record.Install);
            hardware |= Bit(record.Hardware);
        }

        Installs = BitOperations.PopCount(installs);
        Hardware = BitOperations.PopCount(hardware);
    }

    private void AddIdentifier(int slot, ReadOnlySpan<byte> tail, in TailFindings findings, in WindowRecord own, WindowCounts counts)
    {
        bool isOnThis = false, isOnOthers = false;
        var attempts = new EarlierAttempts(tail, findings, own);
        while (!(isOnThis && isOnOthers) && attempts.TryNextDevice(out var device))
        {
            isOnThis |= device == own.Device;
            isOnOthers |= device != own.Device && device != 0;
        }

        var weight = IdentifierWeights.Of(slot);
        _allWeight += weight;
        _knownWeight += isOnThis ? weight : 0;
        New += isOnThis || isOnOthers ? 0 : 1;
        Foreign += isOnOthers && !isOnThis ? 1 : 0;
        Shared += counts[WindowMetric.Devices, (int)WindowLength.SevenDays] > DeviceLink.MaxFanOut ? 1 : 0;
    }

    private static ulong Bit(byte mark) => mark == 0 ? 0 : 1UL << mark;
}
