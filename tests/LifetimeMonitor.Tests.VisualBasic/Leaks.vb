''' <summary>Ways to leak as Visual Basic compiles them: LanguageTests names them.</summary>
Public Module Leaks
    Private s_held As Object

    Public Sub Clear()
        s_held = Nothing
    End Sub

    Public Sub Lambda(leaked As Object)
        Dim publisher = New Publisher()
        AddHandler publisher.Closed, Sub(sender, e) GC.KeepAlive(leaked)
        s_held = publisher
    End Sub

    Public Sub LambdaInLambda(leaked As Object)
        Dim make As Func(Of Object, Action) = Function(inner) Sub() GC.KeepAlive(inner)
        s_held = make(leaked)
    End Sub

    Public Sub NestedScopes(leaked As Object)
        For i = 1 To 1
            Dim number = i
            Dim action As Action = Sub()
                                       GC.KeepAlive(leaked)
                                       GC.KeepAlive(number)
                                   End Sub
            s_held = action
        Next
    End Sub

    Public Sub CustomEvent(leaked As Object)
        Dim publisher = New Publisher()
        AddHandler publisher.Opened, Sub(sender, e) GC.KeepAlive(leaked)
        s_held = publisher
    End Sub

    Public Sub Awaiting(leaked As Object)
        s_held = WaitForEver(leaked)
    End Sub

    Public Sub AwaitingInLambda(leaked As Object)
        Dim wait As Func(Of Task) = Async Function()
                                        Await New TaskCompletionSource(Of Integer)().Task.ConfigureAwait(False)
                                        GC.KeepAlive(leaked)
                                    End Function
        s_held = wait()
    End Sub

    Public Sub Iterating(leaked As Object)
        Dim enumerator = Numbers(leaked).GetEnumerator()
        enumerator.MoveNext()
        s_held = enumerator
    End Sub

    Public Sub StaticLocal(leaked As Object)
        Static kept As Object
        kept = If(leaked, kept)
    End Sub

    Public Sub ClearStaticLocal()
        Dim field = GetType(Leaks).GetFields(Reflection.BindingFlags.NonPublic Or Reflection.BindingFlags.Static).Single(
            Function(f) f.Name.EndsWith("$kept", StringComparison.Ordinal))
        field.SetValue(Nothing, Nothing)
    End Sub

    Public Sub AnonymousType(leaked As Object)
        s_held = New With {.Dialog = leaked}
    End Sub

    Private Async Function WaitForEver(leaked As Object) As Task
        Dim kept = {leaked}
        leaked = Nothing
        Await New TaskCompletionSource(Of Integer)().Task.ConfigureAwait(False)
        GC.KeepAlive(kept)
        GC.KeepAlive(leaked)
    End Function

    Private Iterator Function Numbers(leaked As Object) As IEnumerable(Of Integer)
        Yield 1
        GC.KeepAlive(leaked)
    End Function

    Private NotInheritable Class Publisher
        Private _handlers As EventHandler

        Public Event Closed As EventHandler

        Public Custom Event Opened As EventHandler
            AddHandler(value As EventHandler)
                _handlers = CType([Delegate].Combine(_handlers, value), EventHandler)
            End AddHandler
            RemoveHandler(value As EventHandler)
                _handlers = CType([Delegate].Remove(_handlers, value), EventHandler)
            End RemoveHandler
            RaiseEvent(sender As Object, e As EventArgs)
                _handlers?.Invoke(sender, e)
            End RaiseEvent
        End Event
    End Class
End Module
