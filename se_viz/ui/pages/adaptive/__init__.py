"""How adaptive are the gates?"""
