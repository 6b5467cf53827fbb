using System.Buffers.Binary;
using KekeStar.Antifraud.V1;

namespace KekeStar.Antifraud.Intake.References;

/// <summary>What is known of a model.</summary>
/// <param name="Brand">Its maker's number in <see cref="BrandTable"/>; 0: unknown, or the same name is used by several.</param>
/// <param name="Platform">
/// What it runs. Models of Huawei that may run either are given as Android: HarmonyOS on one of them is no contradiction.
/// </param>
/// <param name="LaunchMajorVersion">
/// Lowest major version of the system that the model can run: it was sold with this one or a later one; 0: unknown.
/// </param>
/// <param name="LastMajorVersion">Highest major version that its maker releases for it; 0: unknown, or still supported.</param>
/// <param name="IsEmulator">True if the name is that of an emulator, a virtual machine or a phone in a container.</param>
internal readonly record struct ModelFacts(
    ushort Brand, Platform Platform, byte LaunchMajorVersion, byte LastMajorVersion, bool IsEmulator)
{
    /// <summary>Bytes of a model's facts in the table's file: maker (2), platform with the emulator's bit, lowest and highest version.</summary>
    internal const int Size = 5;

    private const int PlatformAt = 2;
    private const int LaunchAt = 3;
    private const int LastAt = 4;
    private const byte EmulatorBit = 0x80;

    /// <summary>Reads the facts.</summary>
    internal static ModelFacts Read(ReadOnlySpan<byte> value) => new(
        BinaryPrimitives.ReadUInt16LittleEndian(value),
        (Platform)(value[PlatformAt] & ~EmulatorBit),
        value[LaunchAt],
        value[LastAt],
        (value[PlatformAt] & EmulatorBit) != 0);

    /// <summary>Writes the facts.</summary>
    internal void Write(Span<byte> value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(value, Brand);
        value[PlatformAt] = (byte)((byte)Platform | (IsEmulator ? EmulatorBit : 0));
        value[LaunchAt] = LaunchMajorVersion;
        value[LastAt] = LastMajorVersion;
    }
}
