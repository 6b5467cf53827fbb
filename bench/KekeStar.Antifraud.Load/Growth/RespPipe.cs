using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace KekeStar.Antifraud.Load.Growth;

/// <summary>
/// Sends commands to a redis-server in long pipelines, to fill it. For commands alone whose answer is one line: a
/// number or a word.
/// </summary>
internal sealed class RespPipe : IDisposable
{
    private const int SendAt = 256 * 1024;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _commands = new byte[SendAt + (64 * 1024)];
    private readonly byte[] _answers = new byte[64 * 1024];
    private readonly StringBuilder _line = new();
    private int _length;
    private int _waiting;

    /// <summary>Connects.</summary>
    public RespPipe(EndPoint server) => _socket.Connect(server);

    /// <summary>Gets the sum of all numbers that were answered.</summary>
    public long Sum { get; private set; }

    /// <summary>Begins a command.</summary>
    /// <param name="parts">How many bulk strings follow, the command's name first.</param>
    public void Begin(int parts)
    {
        if (_length > SendAt)
        {
            Finish();
        }

        Header((byte)'*', parts);
        _waiting++;
    }

    /// <summary>Adds a bulk string.</summary>
    public void Bulk(ReadOnlySpan<byte> value)
    {
        Header((byte)'$', value.Length);
        value.CopyTo(_commands.AsSpan(_length));
        _length += value.Length;
        End();
    }

    /// <summary>Sends what was added and waits for all answers.</summary>
    /// <exception cref="InvalidOperationException">The server answered with an error.</exception>
    public void Finish()
    {
        // The server answers little to a pipeline of this length, so its answers never fill the way back.
        for (int sent = 0; sent < _length;)
        {
            sent += _socket.Send(_commands.AsSpan(sent, _length - sent));
        }

        _length = 0;
        while (_waiting > 0)
        {
            int received = _socket.Receive(_answers);
            if (received == 0)
            {
                throw new InvalidOperationException("The redis-server has closed the connection.");
            }

            foreach (byte one in _answers.AsSpan(0, received))
            {
                Take((char)one);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private void Take(char one)
    {
        if (one != '\n')
        {
            _line.Append(one);
            return;
        }

        _waiting--;
        if (_line[0] == '-')
        {
            throw new InvalidOperationException($"The redis-server answered: {_line.ToString().Trim()}");
        }

        Sum += _line[0] == ':' ? long.Parse(_line.ToString(1, _line.Length - 2), CultureInfo.InvariantCulture) : 0;
        _line.Clear();
    }

    private void Header(byte type, int number)
    {
        _commands[_length++] = type;
        Utf8Formatter.TryFormat(number, _commands.AsSpan(_length), out int digits);
        _length += digits;
        End();
    }

    private void End()
    {
        _commands[_length++] = (byte)'\r';
        _commands[_length++] = (byte)'\n';
    }
}
