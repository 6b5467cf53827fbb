using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace KekeStar.Antifraud.Load.Growth;

/// <summary>
/// Sends commands to a redis-server in long pipelines. For commands whose answer is a number, a word or one bulk string.
/// </summary>
internal sealed class RespPipe : IDisposable
{
    private const int SendAt = 256 * 1024;
    private const int SendStep = 16 * 1024;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _commands = new byte[SendAt + (64 * 1024)];
    private readonly byte[] _answers = new byte[64 * 1024];
    private readonly StringBuilder _line = new();
    private int _length;
    private int _waiting;
    private int _skipped;

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
        // Where the answers are longer than the commands, the server stops reading once its way back is full: read on between.
        for (int sent = 0; sent < _length || _waiting > 0;)
        {
            if (sent < _length && _socket.Poll(0, SelectMode.SelectWrite))
            {
                sent += _socket.Send(_commands.AsSpan(sent, Math.Min(_length - sent, SendStep)));
                if (!_socket.Poll(0, SelectMode.SelectRead))
                {
                    continue;
                }
            }

            int received = _socket.Receive(_answers);
            if (received == 0)
            {
                throw new InvalidOperationException("The redis-server has closed the connection.");
            }

            Take(_answers.AsSpan(0, received));
        }

        _length = 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private void Take(ReadOnlySpan<byte> answers)
    {
        while (!answers.IsEmpty)
        {
            if (_skipped > 0)
            {
                int skipped = Math.Min(_skipped, answers.Length);
                _skipped -= skipped;
                answers = answers[skipped..];
                continue;
            }

            char one = (char)answers[0];
            answers = answers[1..];
            if (one == '\n')
            {
                TakeLine();
            }
            else
            {
                _line.Append(one);
            }
        }
    }

    private void TakeLine()
    {
        _waiting--;
        switch (_line[0])
        {
            case '-':
                throw new InvalidOperationException($"The redis-server answered: {_line.ToString().Trim()}");
            case ':':
                Sum += Number();
                break;
            case '$' when Number() is >= 0 and int length:
                _skipped = length + 2;
                break;
        }

        _line.Clear();
    }

    private int Number() => int.Parse(_line.ToString(1, _line.Length - 2), CultureInfo.InvariantCulture);

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
