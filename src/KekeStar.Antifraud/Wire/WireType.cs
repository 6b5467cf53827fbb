namespace KekeStar.Antifraud.Wire;

/// <summary>Protocol buffers wire types; the numbers are those of the encoding.</summary>
internal enum WireType : byte
{
    /// <summary>Base-128 varint.</summary>
    Varint = 0,

    /// <summary>Eight bytes, little endian.</summary>
    Fixed64 = 1,

    /// <summary>A varint length and that many bytes.</summary>
    LengthDelimited = 2,

    /// <summary>Start of a group; proto2 only, refused here.</summary>
    StartGroup = 3,

    /// <summary>End of a group; proto2 only, refused here.</summary>
    EndGroup = 4,

    /// <summary>Four bytes, little endian.</summary>
    Fixed32 = 5,
}
