using Garnet.server;

namespace KekeStar.Antifraud.Windows.Embedded;

/// <summary>
/// The store's own Garnet commands. They are one command and one entry of the append-only file where APPEND, EXPIRE
/// and GETRANGE are three and two.
/// </summary>
/// <remarks>
/// <c>KAPPEND key (start 4, end 4, bytes)</c> answers the log's length and its range. <c>KREAD key (start 8, end 8)</c>
/// answers the range. <c>KREPLACE key expected replacement</c> answers 1 or 0. <c>KTRIM key (now 8)</c> answers what
/// <see cref="TrimLog"/> says. The writes set the key's time to live to <see cref="WindowLimits.Retention"/>; another one is set by an EXPIRE behind them. Numbers are little endian.
/// The order of registration gives each command its number in the append-only file: add at the end only.
/// </remarks>
internal static class LogCommands
{
    /// <summary>Length of the numbers in front of what KAPPEND appends.</summary>
    public const int AppendHeader = 2 * sizeof(int);

    /// <summary>Length of KREAD's argument.</summary>
    public const int ReadArgument = 2 * sizeof(long);

    /// <summary>RESP up to the key.</summary>
    public static ReadOnlySpan<byte> Append => "*3\r\n$7\r\nKAPPEND\r\n"u8;

    /// <summary>RESP up to the key.</summary>
    public static ReadOnlySpan<byte> Read => "*3\r\n$5\r\nKREAD\r\n"u8;

    /// <summary>RESP up to the key.</summary>
    public static ReadOnlySpan<byte> Replace => "*4\r\n$8\r\nKREPLACE\r\n"u8;

    /// <summary>RESP up to the key.</summary>
    public static ReadOnlySpan<byte> Trim => "*3\r\n$5\r\nKTRIM\r\n"u8;

    /// <summary>RESP up to the key.</summary>
    public static ReadOnlySpan<byte> Expire => "*3\r\n$6\r\nEXPIRE\r\n"u8;

    /// <summary>Makes the commands known; before recovery, which replays them.</summary>
    public static void Register(RegisterApi register)
    {
        var retention = WindowLimits.Retention.Ticks;
        register.NewCommand("KAPPEND", CommandType.ReadModifyWrite, new AppendToLog(), expirationTicks: retention);
        register.NewCommand("KREPLACE", CommandType.ReadModifyWrite, new ReplaceLog(), expirationTicks: retention);
        register.NewCommand("KREAD", CommandType.Read, new ReadFromLog());
        register.NewCommand("KTRIM", CommandType.ReadModifyWrite, new TrimLog(), expirationTicks: retention);
    }
}
