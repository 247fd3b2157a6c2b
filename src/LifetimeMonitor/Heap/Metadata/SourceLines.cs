using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace LifetimeMonitoring.Heap.Metadata;

/// <summary>A line of the source.</summary>
/// <param name="File">The file's name, without its folder.</param>
/// <param name="Line">The line, from 1.</param>
internal sealed record SourceLine(string File, int Line);

/// <summary>A module's portable symbols, beside it or embedded, and its code.</summary>
internal sealed class SourceLines
{
    private readonly PEReader _image;
    private readonly MetadataReader _code;
    private readonly MetadataReader _symbols;

    private SourceLines(PEReader image, MetadataReader symbols)
    {
        _image = image;
        _code = image.GetMetadataReader();
        _symbols = symbols;
    }

    /// <summary>The symbols of a module's file, or null when it has no readable ones.</summary>
    public static SourceLines? Of(string? file)
    {
        if (file is null || !File.Exists(file)) return null;
        try
        {
            // Read at once: a file that stays open could not be rebuilt or deleted meanwhile.
            var image = new PEReader(File.OpenRead(file), PEStreamOptions.PrefetchEntireImage);
            return image.TryOpenAssociatedPortablePdb(
                file,
                p => File.Exists(p) ? new MemoryStream(File.ReadAllBytes(p)) : null,
                out MetadataReaderProvider? symbols,
                out _)
                ? new SourceLines(image, symbols!.GetMetadataReader())
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException)
        {
            return null;
        }
    }

    /// <summary>The line of an instruction, or null.</summary>
    public SourceLine? At(int methodToken, int offset)
    {
        try
        {
            MethodDebugInformation information = _symbols.GetMethodDebugInformation(
                ((MethodDefinitionHandle)MetadataTokens.EntityHandle(methodToken)).ToDebugInformationHandle());
            SequencePoint point = information.GetSequencePoints()
                .Where(p => !p.IsHidden)
                .LastOrDefault(p => p.Offset <= offset);
            if (point.StartLine == 0) return null;
            string path = _symbols.GetString(_symbols.GetDocument(point.Document).Name);
            // The path is that of the machine that compiled the module, perhaps with another operating system.
            return new SourceLine(path[(path.LastIndexOfAny(['/', '\\']) + 1)..], point.StartLine);
        }
        catch (Exception e) when (e is BadImageFormatException or InvalidCastException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The line at which a state machine is suspended in a state, or null.</summary>
    /// <param name="methodToken">Its MoveNext.</param>
    /// <param name="stateField">The name of the field that holds the state.</param>
    /// <param name="state">The state.</param>
    public SourceLine? Suspended(int methodToken, string stateField, int state)
    {
        try
        {
            int address = _code
                .GetMethodDefinition((MethodDefinitionHandle)MetadataTokens.EntityHandle(methodToken))
                .RelativeVirtualAddress;
            MethodBodyBlock body = _image.GetMethodBody(address);
            return StateMachineCode.OffsetOf(state, body.GetILReader(), token => FieldName(token) == stateField)
                is { } offset
                    ? At(methodToken, offset)
                    : null;
        }
        catch (Exception e) when (e is BadImageFormatException or InvalidCastException or ArgumentException
            or InvalidOperationException)
        {
            return null;
        }
    }

    // A generic type refers to its own fields by member references.
    private string? FieldName(int token) => MetadataTokens.EntityHandle(token) switch
    {
        { Kind: HandleKind.FieldDefinition } h =>
            _code.GetString(_code.GetFieldDefinition((FieldDefinitionHandle)h).Name),
        { Kind: HandleKind.MemberReference } h =>
            _code.GetString(_code.GetMemberReference((MemberReferenceHandle)h).Name),
        _ => null,
    };
}
