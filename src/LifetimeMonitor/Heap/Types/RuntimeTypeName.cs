using System.Text;

namespace LifetimeMonitoring.Heap.Types;

/// <summary>Names of types of this process in the DAC's notation.</summary>
internal static class RuntimeTypeName
{
    /// <summary><c>Ns.Outer&lt;System.String&gt;+Inner[]</c>.</summary>
    public static string Of(Type type)
    {
        if (type.IsGenericParameter) return type.Name;
        if (type.IsArray) return Of(type.GetElementType()!) + $"[{new string(',', type.GetArrayRank() - 1)}]";
        var chain = new Stack<Type>();
        for (Type? t = type; t is not null; t = t.DeclaringType) chain.Push(t);
        var text = new StringBuilder(type.Namespace is { Length: > 0 } space ? space + '.' : "");
        Type[] arguments = type.GetGenericArguments();
        int used = 0;
        foreach (Type part in chain)
        {
            int count = part.GetGenericArguments().Length;
            int tick = part.Name.IndexOf('`', StringComparison.Ordinal);
            _ = text.Append(tick < 0 ? part.Name : part.Name[..tick]);
            if (count > used) _ = text.Append('<').AppendJoin(", ", arguments[used..count].Select(Of)).Append('>');
            used = count;
            _ = text.Append('+');
        }

        return text.Remove(text.Length - 1, 1).ToString();
    }
}
