using System.Text;
using KekeStar.Antifraud.Cli;
using KekeStar.Antifraud.Cli.Serving;
using Spectre.Console;

namespace KekeStar.Antifraud.Tests.Cli;

/// <summary>A terminal that remembers: 100 columns, no colours, borders in Unicode.</summary>
internal sealed class TestTerminal
{
    private static readonly string[] PatientDeadline = ["--deadline", Patience.Limit.TotalMilliseconds.ToString(System.Globalization.CultureInfo.InvariantCulture)];

    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();
    private readonly StringBuilder _screen = new();

    public TestTerminal(string input = "") => Terminal = new Terminal(
        new StringWriter(_output), new StringWriter(_error), Screen(new StringWriter(_screen)), () => new MemoryStream(Encoding.UTF8.GetBytes(input)));

    public Terminal Terminal { get; }

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    /// <summary>True once there is an error or a note; may be asked while a command runs.</summary>
    public bool HasError => _error.Length > 0;

    public string ScreenText => _screen.ToString();

    /// <summary>What is drawn, without blanks at the ends of lines.</summary>
    public static string Draw(Action<IAnsiConsole> draw)
    {
        using var writer = new StringWriter();
        draw(Screen(writer));
        return string.Join('\n', writer.ToString().Split('\n').Select(line => line.TrimEnd())).Trim('\n');
    }

    public Task<int> RunAsync(params string[] arguments) =>
        RunAsync(_ => throw new NotSupportedException("No service in this test."), arguments);

    /// <summary>Runs a command; one that asks a service waits for its answer patiently unless the arguments say otherwise.</summary>
    public Task<int> RunAsync(ServiceBuilder host, params string[] arguments) =>
        CommandTree.RunAsync(Terminal, host, arguments.Contains("--address", StringComparer.Ordinal) ? [.. arguments, .. PatientDeadline] : arguments);

    private static IAnsiConsole Screen(TextWriter writer)
    {
        var screen = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
        });
        screen.Profile.Width = 100;
        screen.Profile.Capabilities.Unicode = true;
        return screen;
    }
}
